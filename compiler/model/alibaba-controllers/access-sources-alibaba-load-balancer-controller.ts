/** Where it was read what 000's controller asks of the API server. */
export const REPOSITORY = 'alibaba/alibaba-load-balancer-controller';
export const ALB = `${REPOSITORY}@a9b1da3:pkg/controller/ingress/alb_controller.go`;
export const STORE = `${REPOSITORY}@a9b1da3:pkg/controller/ingress/reconcile/store/store.go`;
export const NLB = `${REPOSITORY}@27e9b97:pkg/controller/service/nlb_controller.go`;
export const SERVERS = `${REPOSITORY}@a9b1da3:pkg/controller/ingress/reconcile/applier/server.go`;
export const FINALIZERS = `${REPOSITORY}@a9b1da3:pkg/controller/helper/finalizer.go`;
