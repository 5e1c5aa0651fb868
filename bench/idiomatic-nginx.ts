import type { SampleBalancer } from './sample-fleet';

/** The nginx.conf of a Balancer, as one writes it into a cdk8s app. */
export function nginxConf(spec: SampleBalancer, healthPort: number): string {
  return `worker_processes 2;
worker_rlimit_nofile 8192;
error_log stderr notice;
pid /run/nginx/nginx.pid;
worker_shutdown_timeout 30s;

events {
    worker_connections 4096;
}

stream {
    include /run/nginx/resolver.conf;
${spec.spec.ports.map(({ name }) => upstream(spec, name)).join('')}${spec.spec.ports.map(server).join('')}
    server {
        listen ${healthPort};
        return ok;
        access_log off;
    }
}
`;
}

function upstream(spec: SampleBalancer, port: string): string {
  const { name } = spec.metadata;
  const servers = spec.spec.backends.map(
    (backend) =>
      `        server ${name}-${backend.name}-backend.default.svc.cluster.local:80 weight=${backend.weight} max_fails=0 resolve;\n`,
  );
  return `
    upstream upstream_${port} {
        zone upstream_${port} 64k;
${servers.join('')}    }
`;
}

function server({ name, port }: { readonly name: string; readonly port: number }): string {
  return `
    server {
        listen ${port};
        proxy_pass upstream_${name};
        proxy_connect_timeout 5s;
        proxy_timeout 600s;
    }
`;
}

/** What the container runs before it is stopped. */
export function drainScript(): string {
  return `sleep 5
kill -QUIT 1
while kill -0 1 2> /dev/null; do
  sleep 1
done
`;
}

/** What finds the name server of the cluster for nginx. */
export function findResolverScript(): string {
  return `while read -r key address _ || [ -n "$key" ]; do
  [ "$key" = nameserver ] || continue
  case "$address" in
    *:*) echo "resolver [$address] ipv4=off;" ;;
    *) echo "resolver $address ipv6=off;" ;;
  esac > /run/nginx/resolver.conf
  exit 0
done < /etc/resolv.conf
echo "no nameserver in /etc/resolv.conf" >&2
exit 1
`;
}
