namespace TravelHub.Api.Access;

/// <summary>Who may do what; each is a policy of the same name. An endpoint without a policy is refused to all, unless it says that anyone may call it.</summary>
internal static class Roles
{
    public const string Client = "client";
    public const string Operator = "operator";
    public const string Researcher = "researcher";
}
