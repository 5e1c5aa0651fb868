// https://github.com/hliangzhao/balancer/blob/main/pkg/controllers/balancer/balancer_controller.go

var log = logf.Log.WithName("balancer-controller")

// NOTE: if we do not add the following tags, the ClusterRole manager-role (config/rbac/role.yaml) will not be created!
// +kubebuilder:rbac:groups=exposer.hliangzhao.io,resources=balancers,verbs=get;list;watch;create;update;patch;delete
// +kubebuilder:rbac:groups=exposer.hliangzhao.io,resources=balancers/status,verbs=get;update;patch
// +kubebuilder:rbac:groups=apps,resources=deployments,verbs=get;list;watch;create;update;patch;delete
// +kubebuilder:rbac:groups=apps,resources=replicasets,verbs=get;list;watch;create;update;patch;delete
// +kubebuilder:rbac:groups=core,resources=pods,verbs=get;list;watch;create;
// +kubebuilder:rbac:groups=core,resources=services,verbs=get;list;watch;create;update;patch;delete
// +kubebuilder:rbac:groups=core,resources=configmaps,verbs=get;list;watch;create;update;patch;delete
// +kubebuilder:rbac:groups=core,resources=serviceaccounts,verbs=get;list;watch;create;update;patch;delete
// +kubebuilder:rbac:groups=core,resources=replicasets,verbs=get;list;watch;create;update;patch;delete

// Reconcile reads the status of the Balancer object and makes changes toward to Balancer.Spec.
// This func must be implemented to be a legal reconcile.Reconciler!
func (r *ReconcilerBalancer) Reconcile(context context.Context, request reconcile.Request) (reconcile.Result, error) {
    reqLogger := log.WithValues("Request.Namespace", request.Namespace, "Request.Name", request.Name)
    reqLogger.Info("Reconciling Balancer")

    // fetch the expected Balancer instance through the client
    balancer := &exposerv1alpha1.Balancer{}
    if err := r.client.Get(context, request.NamespacedName, balancer); err != nil {
        // balancer not exist
        if errors.IsNotFound(err) {
            // the namespaced name in request is not found, return empty result and requeue the request
            return reconcile.Result{}, nil
        }
    }

    // Founded. Update SVCs, deployments, etc. according to the expected Balancer.
    // If any error happens, the request would be requeue
    if err := r.syncFrontendService(balancer); err != nil {
        return reconcile.Result{}, err
    }
    if err := r.syncDeployment(balancer); err != nil {
        return reconcile.Result{}, nil
    }
    if err := r.syncBackendServices(balancer); err != nil {
        return reconcile.Result{}, nil
    }
    if err := r.syncBalancerStatus(balancer); err != nil {
        return reconcile.Result{}, nil
    }

    return reconcile.Result{}, nil
}
