// https://github.com/hliangzhao/balancer/blob/main/pkg/apis/balancer/v1alpha1/balancer_types.go

type Protocol string
type Port int32

// BalancerSpec defines the desired state of Balancer
// +k8s:openapi-gen=true
type BalancerSpec struct {
    // +kubebuilder:validation:MinItems=1
    Backends []BackendSpec `json:"backends"`

    Selector map[string]string `json:"selector,omitempty"`

    Ports []BalancerPort `json:"ports"`
}

// BackendSpec defines the desired status of endpoints of Balancer
// +k8s:openapi-gen=true
type BackendSpec struct {
    // +kubebuilder:validation:MinLength=1
    Name string `json:"name"`

    // +kubebuilder:validation:Minimum=1
    Weight int32 `json:"weight"`

    Selector map[string]string `json:"selector,omitempty"`
}

// BalancerPort contains the endpoints and exposed ports.
// +k8s:openapi-gen=true
type BalancerPort struct {
    // The name of this port within the balancer. This must be a DNS_LABEL.
    // All ports within a ServiceSpec must have unique names. This maps to
    // the 'Name' field in EndpointPort objects.
    // Optional if only one BalancerPort is defined on this service.
    // +required
    Name string `json:"name,omitempty"`

    // +optional
    Protocol Protocol `json:"protocol,omitempty"`

    // the port that will be exposed by the balancer
    Port Port `json:"port"`

    // the port that used by the container
    // +optional
    TargetPort intstr.IntOrString `json:"targetPort,omitempty"`
}
