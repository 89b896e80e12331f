namespace TravelHub.Lab.Faults;

/// <summary>A fault that is the whole point of a run.</summary>
internal static class Blow
{
    /// <summary>Ends the run where the fault hit nothing: what follows would be told as if it had been withstood.</summary>
    /// <exception cref="InvalidOperationException">It hit nothing.</exception>
    public static void MustHit(bool hasHit, string what)
    {
        if (!hasHit)
            throw new InvalidOperationException($"{what} did not take place: there is no such process any more.");
    }
}
