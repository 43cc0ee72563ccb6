using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Catalogue;

/// <summary>The checks of a task's arguments before the task starts. If one fails, there is no event that the task was scheduled.</summary>
public static class RequestFormat
{
    /// <summary>The failure of a task whose arguments do not have the form that its integration requires; null if they have.</summary>
    /// <param name="language">The state's query language.</param>
    public static StatesError? Check(TaskResource resource, QueryLanguage language, JsonValue arguments)
    {
        if (IntegrationCatalogue.Aws.Find(resource) is not { TextLists.Count: > 0 } action || arguments is not JsonObject members)
        {
            return null;
        }

        string[] faults = [.. action.TextLists
            .Where(name => members[name] is { IsNull: false } value && !IsTextLists(value))
            .Select(name => $"The value of the field '{name}' has an invalid format")];
        string field = language == QueryLanguage.Jsonata ? "Arguments" : "Parameters";
        return faults.Length == 0
            ? null
            : PathErrors.Runtime($"The {field} '{PathErrors.Shown(arguments)}' could not be used to start the Task: [{string.Join(", ", faults)}]");
    }

    private static bool IsTextLists(JsonValue value) =>
        value is JsonObject lists && lists.All(list => list.Value is JsonArray texts && texts.All(text => text is JsonString));
}
