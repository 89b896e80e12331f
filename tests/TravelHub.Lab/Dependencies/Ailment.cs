namespace TravelHub.Lab.Dependencies;

/// <summary>What is the matter with a dependency.</summary>
internal enum Ailment
{
    /// <summary>Every call to it fails at once.</summary>
    Dead,

    /// <summary>It takes calls and answers none.</summary>
    Hung,

    /// <summary>It answers half a second later than it would.</summary>
    Slow,

    /// <summary>Dead for two seconds, well for two, and so on.</summary>
    Flapping,
}
