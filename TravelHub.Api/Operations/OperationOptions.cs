using System.ComponentModel.DataAnnotations;

namespace TravelHub.Api.Operations;

/// <summary>How the gateway carries out what operators ask for.</summary>
internal sealed class OperationOptions
{
    /// <summary>How long an answer waits for the state that was asked for, before it says how far it came.</summary>
    /// <value>Default 60 s; 100 ms to 10 min. A silo that starts on a busy machine takes some ten seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan WaitFor { get; set; } = TimeSpan.FromSeconds(60);
}
