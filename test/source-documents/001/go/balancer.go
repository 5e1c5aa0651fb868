// https://github.com/hliangzhao/balancer/blob/main/pkg/apis/balancer/v1alpha1/balancer_types.go

// Balancer is the Schema for the balancers API
// +k8s:deepcopy-gen:interfaces=k8s.io/apimachinery/pkg/runtime.Object
// +genclient
// +k8s:openapi-gen=true
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
type Balancer struct {
    metav1.TypeMeta   `json:",inline"`
    metav1.ObjectMeta `json:"metadata,omitempty"`

    Spec   BalancerSpec   `json:"spec,omitempty"`
    Status BalancerStatus `json:"status,omitempty"`
}
