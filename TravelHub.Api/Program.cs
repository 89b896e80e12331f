using TravelHub.Api;

await GatewayHost.Build(args).RunAsync();
