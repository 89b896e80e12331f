namespace TravelHub.Lab.Workload;

/// <summary>What the lab's customers do.</summary>
internal enum LabMix
{
    /// <summary>They book, hold, pay, cancel, think a while, and often want the same few rooms.</summary>
    Everything,

    /// <summary>They pay and take back, without a pause, rooms that rarely run out.</summary>
    Payments,
}
