namespace StepFlow.Integrations.Tasks;

/// <summary>The messages of tasks that cannot be called.</summary>
public static class TaskErrors
{
    /// <summary>The configuration section of all settings.</summary>
    public const string Section = "StepFlow";

    /// <summary>There is no integration for the Resource.</summary>
    /// <param name="near">Names that are known and near.</param>
    public static string UnknownResource(string resource, IReadOnlyList<string> near) =>
        $"The resource '{resource}' is not known.{(near.Count == 0 ? string.Empty : $" Similar names: {string.Join(", ", near)}.")} Add the entry \"{resource}\": {{ \"Url\": \"https://…\" }} " +
        $"(or Function, Command, Job, Rest, Aws, Mock) to the setting '{Section}:Resources'.";

    /// <summary>The called service is unavailable.</summary>
    public static string Outage(string reason) => $"The called service is not available now: {reason} The call is repeated.";

    /// <summary>A call failed, and a repetition would fail again.</summary>
    public static string Refused(string resource, string reason) => $"The call of '{resource}' was refused: {reason}";

    /// <summary>An argument is not valid for the integration.</summary>
    public static string InvalidArgument(string name, string expected) => $"The argument '{name}' must be {expected}.";

    public static string MissingArgument(string name) => $"The argument '{name}' is required.";
}
