// https://github.com/hliangzhao/balancer/blob/main/pkg/apis/balancer/v1alpha1/balancer_types.go

// BalancerStatus defines the observed state of Balancer
// +k8s:openapi-gen=true
type BalancerStatus struct {
    // +optional
    ActiveBackendsNum int32 `json:"activeBackendsNum,omitempty"`

    // +optional
    ObsoleteBackendsNum int32 `json:"obsoleteBackendsNum,omitempty"`
}
