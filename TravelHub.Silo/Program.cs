using TravelHub.Grains;
using TravelHub.Silo;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddOptions<SiloOptions>().BindConfiguration("TravelHub").ValidateDataAnnotations().ValidateOnStart();
var options = builder.Configuration.GetSection("TravelHub").Get<SiloOptions>() ?? new SiloOptions();
var connectionString = builder.Configuration.GetConnectionString("TravelHub")
    ?? throw new InvalidOperationException("Set ConnectionStrings__TravelHub to the cluster's PostgreSQL database.");
var database = PostgresCluster.DataSource(connectionString, options.SiloName);

builder.Logging.AddFilter("Polly", LogLevel.Error).AddFilter("Orleans", LogLevel.Warning).AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.UseOrleans(silo => silo
    .JoinPostgresCluster(database, options)
    .AddPostgresStorage(database)
    .AddTravelHubGrains(builder.Configuration));

var app = builder.Build();
app.MapGet("/health/live", () => "live");
app.MapGet("/health/ready", () => "ready");   // the web server starts after the silo has joined
app.Run();
