using System.Text.Json.Serialization;
using TravelHub.PaymentSandbox.Charges;
using TravelHub.PaymentSandbox.Ledger;
using TravelHub.PaymentSandbox.Refunds;

namespace TravelHub.PaymentSandbox.Answers;

/// <summary>Every shape that crosses the wire, serialized by code made at build time: start-up and each answer stay cheap.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DictionaryKeyPolicy = JsonKnownNamingPolicy.Unspecified,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChargeRequest))]
[JsonSerializable(typeof(ChargeAnswer))]
[JsonSerializable(typeof(IReadOnlyList<ChargeAnswer>))]
[JsonSerializable(typeof(RefundRequest))]
[JsonSerializable(typeof(RefundAnswer))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, LedgerTotals>))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class SandboxJson : JsonSerializerContext;
