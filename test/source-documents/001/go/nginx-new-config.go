// https://github.com/hliangzhao/balancer/blob/main/pkg/controllers/balancer/nginx/nginx.go

// NewConfig generates the `nginx.conf` with the given Balancer instance.
func NewConfig(balancer *exposerv1alpha1.Balancer) string {
    var servers []server
    for _, balancerPort := range balancer.Spec.Ports {
        servers = append(servers, server{
            name:     balancerPort.Name,
            protocol: strings.ToLower(string(balancerPort.Protocol)),
            port:     int32(balancerPort.Port),
            upstream: fmt.Sprintf("upstream_%s", balancerPort.Name),
        })
    }

    var backends []backend
    for _, balancerBackend := range balancer.Spec.Backends {
        backends = append(backends, backend{
            name:   fmt.Sprintf("%s-%s-backend", balancer.Name, balancerBackend.Name),
            weight: balancerBackend.Weight,
        })
    }

    var upstreams []upstream
    for _, s := range servers {
        upstreams = append(upstreams, upstream{
            name:     s.upstream,
            backends: backends,
            port:     s.port,
        })
    }

    conf := ""
    conf += "events {\n"
    conf += "worker_connections 1024;\n"
    conf += "}\n"
    conf += "stream {\n"

    for _, s := range servers {
        conf += s.conf()
    }

    for _, us := range upstreams {
        conf += us.conf()
    }

    conf += "}\n"

    return conf
}
