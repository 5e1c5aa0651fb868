// https://github.com/hliangzhao/balancer/blob/main/pkg/controllers/balancer/frontend_service.go

// NewFrontendService creates a new front-end Service for handling all requests incoming.
// All the incoming requests will be forwarded to backend services by the nginx instance.
func NewFrontendService(balancer *exposerv1alpha1.Balancer) (*corev1.Service, error) {
    var balancerPorts []corev1.ServicePort
    for _, port := range balancer.Spec.Ports {
        balancerPorts = append(balancerPorts, corev1.ServicePort{
            Name:     port.Name,
            Protocol: corev1.Protocol(port.Protocol),
            Port:     int32(port.Port),
        })
    }
    return &corev1.Service{
        ...
        Spec: corev1.ServiceSpec{
            Selector: NewPodLabels(balancer),
            Type:     corev1.ServiceTypeClusterIP,
            Ports:    balancerPorts,
        },
    }, nil
}

// syncFrontendService sync the front-end service that created by balancer.
func (r *ReconcilerBalancer) syncFrontendService(balancer *exposerv1alpha1.Balancer) error {
    svc, err := NewFrontendService(balancer)
    if err != nil {
        return err
    }

    // set balancer as the controller owner-reference of svc
    if err := controllerutil.SetControllerReference(balancer, svc, r.scheme); err != nil {
        return err
    }

    foundSvc := &corev1.Service{}
    err = r.client.Get(context.Background(), types.NamespacedName{Namespace: svc.Namespace, Name: svc.Name}, foundSvc)
    if err != nil && errors.IsNotFound(err) {
        // corresponding service not found in the cluster, create it with the newest svc
        if err = r.client.Create(context.Background(), svc); err != nil {
            return err
        }
        log.Info("Sync Frontend Service", svc.Name, "created")
        return nil
    } else if err != nil {
        return err
    }

    // corresponding service found, update it with the newest svc
    foundSvc.Spec.Ports = svc.Spec.Ports
    foundSvc.Spec.Selector = svc.Spec.Selector
    if err = r.client.Update(context.Background(), foundSvc); err != nil {
        return err
    }
    log.Info("Sync Frontend Service", foundSvc.Name, "updated")
    return nil
}
