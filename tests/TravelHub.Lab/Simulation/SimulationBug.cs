namespace TravelHub.Lab.Simulation;

/// <summary>Mistakes that a simulation can make on purpose, to show that its checks find them.</summary>
internal enum SimulationBug
{
    None,

    /// <summary>An append goes in wherever its stream stands.</summary>
    MissingFence,

    /// <summary>A hold whose time is up is released, and its reservation is not asked.</summary>
    HoldEndedByClock,

    /// <summary>A charge that is repeated has another id.</summary>
    NewChargeId,

    /// <summary>A void does not keep a late request from capturing.</summary>
    ForgetfulVoid,

    /// <summary>The customer is told before the log is.</summary>
    AnswerFirst,

    /// <summary>A refund is made again under another id.</summary>
    NewRefundId,

    /// <summary>A booking ends sold out though a replaced activation may still charge it.</summary>
    UnvoidedSoldOut,

    /// <summary>A request that comes after one was given up has the holds of that one.</summary>
    HoldsOfTheAbandoned,

    /// <summary>A refund is made while the log does not know of the cancellation.</summary>
    RefundBeforeDurable,

    /// <summary>A paid booking is confirmed by what was known before its rooms were asked for.</summary>
    StaleConfirm,

    /// <summary>What an operator rules to be paid is charged as if nothing had been charged before.</summary>
    RulingReplacesCharge,

    /// <summary>Inventory is told what an activation remembers though the log has refused it.</summary>
    WordOfTheRefused,
}
