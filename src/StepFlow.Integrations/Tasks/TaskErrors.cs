namespace StepFlow.Integrations.Tasks;

/// <summary>What a task says when it cannot be called at all.</summary>
public static class TaskErrors
{
    /// <summary>The configuration section that all settings live in.</summary>
    public const string Section = "StepFlow";

    /// <summary>No integration answers to the resource.</summary>
    /// <param name="near">Names that are known and near.</param>
    public static string UnknownResource(string resource, IReadOnlyList<string> near) =>
        $"The resource '{resource}' is not known.{(near.Count == 0 ? string.Empty : $" Similar names: {string.Join(", ", near)}.")} Add the entry \"{resource}\": {{ \"Url\": \"https://…\" }} " +
        $"(or Function, Command, Job, Rest, Aws, Mock) to the setting '{Section}:Resources'.";

    /// <summary>What the task calls cannot answer now.</summary>
    public static string Outage(string reason) => $"The called service is not available now: {reason} The call is repeated.";

    /// <summary>A call failed in a way that repeating would not mend.</summary>
    public static string Refused(string resource, string reason) => $"The call of '{resource}' was refused: {reason}";

    /// <summary>An argument is not what the integration takes.</summary>
    public static string InvalidArgument(string name, string expected) => $"The argument '{name}' must be {expected}.";

    public static string MissingArgument(string name) => $"The argument '{name}' is required.";
}
