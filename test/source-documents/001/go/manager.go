// https://github.com/hliangzhao/balancer/blob/main/cmd/manager/main.go

mgr, err := ctrl.NewManager(ctrl.GetConfigOrDie(), ctrl.Options{
    Scheme:                 scheme,
    MetricsBindAddress:     metricsAddr,
    Port:                   9443,
    HealthProbeBindAddress: probeAddr,
    LeaderElection:         enableLeaderElection,
    LeaderElectionID:       "24a4cdb8.hliangzhao.io",
})
if err != nil {
    setupLog.Error(err, "unable to start manager")
    os.Exit(1)
}
