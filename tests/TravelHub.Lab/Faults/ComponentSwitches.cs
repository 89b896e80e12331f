using System.Net.Http.Json;
using TravelHub.Lab.Instances;

namespace TravelHub.Lab.Faults;

/// <summary>Has what is grains on all silos fail, at the silos' own door: <c>/v1/faults/components</c>.</summary>
internal sealed class ComponentSwitches(LabInstance instance) : IDisposable
{
    private readonly HttpClient _researcher = instance.WithKey(instance.ResearcherKey);

    /// <summary>Returns when all silos act on it.</summary>
    /// <param name="kind">dead, hung or slow.</param>
    public async Task Fail(string component, string kind, int milliseconds, CancellationToken cancellationToken)
    {
        using var answer = await _researcher.PutAsJsonAsync($"/v1/faults/components/{component}", new { kind, milliseconds }, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>It works again.</summary>
    public async Task Mend(string component, CancellationToken cancellationToken)
    {
        using var answer = await _researcher.DeleteAsync($"/v1/faults/components/{component}", cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _researcher.Dispose();
}
