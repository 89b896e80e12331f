namespace TravelHub.Api.Access;

/// <summary>Who may do what; each is a policy of the same name, and what has no policy is open to anyone.</summary>
internal static class Roles
{
    public const string Client = "client";
    public const string Operator = "operator";
    public const string Researcher = "researcher";
}
