// https://github.com/hliangzhao/balancer/blob/main/pkg/controllers/balancer/deployment.go

// NewDeployment creates a new deployment (which controls one nginx pod) for the Balancer.
func NewDeployment(balancer *exposerv1alpha1.Balancer) (*appv1.Deployment, error) {
    replicas := int32(1)
    labels := NewPodLabels(balancer)
    nginxContainer := corev1.Container{
        Name:  "nginx",
        Image: "nginx:1.15.9",
        Ports: []corev1.ContainerPort{{ContainerPort: 80}},
        VolumeMounts: []corev1.VolumeMount{
            {
                Name:      ConfigMapName(balancer),
                MountPath: "/etc/nginx",
                ReadOnly:  true,
            },
        },
    }
    nginxVolume := corev1.Volume{
        Name: ConfigMapName(balancer),
        VolumeSource: corev1.VolumeSource{ConfigMap: &corev1.ConfigMapVolumeSource{
            LocalObjectReference: corev1.LocalObjectReference{
                Name: ConfigMapName(balancer),
            },
        }},
    }
    return &appv1.Deployment{
        ...
        Spec: appv1.DeploymentSpec{
            Replicas: &replicas,
            Selector: &metav1.LabelSelector{MatchLabels: labels},
            Template: corev1.PodTemplateSpec{
                ObjectMeta: metav1.ObjectMeta{
                    Name:      DeploymentName(balancer),
                    Namespace: balancer.Namespace,
                    Labels:    labels,
                },
                Spec: corev1.PodSpec{
                    Containers: []corev1.Container{nginxContainer},
                    Volumes:    []corev1.Volume{nginxVolume},
                },
            },
        },
    }, nil
}

func DeploymentName(balancer *exposerv1alpha1.Balancer) string {
    return balancer.Name + "proxy"
}
