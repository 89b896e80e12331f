namespace TravelHub.Load.Schedule;

/// <summary>How arrivals are spread over time.</summary>
public enum ArrivalPattern
{
    /// <summary>As from many guests who don't know of each other: the gaps are exponential, and two may come almost together.</summary>
    Poisson,

    /// <summary>All gaps are the same.</summary>
    Constant,
}
