namespace TravelHub.Lab.Workload;

/// <summary>What the lab's customers do.</summary>
internal enum LabMix
{
    /// <summary>They book, hold, pay, cancel, think a while, and often want the same few rooms.</summary>
    Everything,

    /// <summary>They pay and take back, without a pause, rooms that rarely run out.</summary>
    Payments,

    /// <summary>They do what few do, often: several rooms, several stays, late payments, the same again, another request under a used key, no wait for the end.</summary>
    Corners,
}
