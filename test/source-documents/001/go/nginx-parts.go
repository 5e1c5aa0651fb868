// https://github.com/hliangzhao/balancer/blob/main/pkg/controllers/balancer/nginx/nginx.go

type server struct {
    name     string
    protocol string
    port     int32
    upstream string
}

func (s *server) conf() string {
    var protocol string
    if s.protocol == "udp" {
        protocol = "udp"
    }
    return fmt.Sprintf(`
server {
    listen %d %s;
    proxy_pass %s;
}
`, s.port, protocol, s.upstream)
}

type backend struct {
    name   string
    weight int32
}

type upstream struct {
    name     string
    backends []backend
    port     int32
}

func (us *upstream) conf() string {
    backendStr := ""
    for _, b := range us.backends {
        backendStr += fmt.Sprintf("server %s:%d weight=%d;\n", b.name, us.port, b.weight)
    }
    return fmt.Sprintf(`
upstream %s {
%s
}
`, us.name, backendStr)
}
