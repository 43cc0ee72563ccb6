using System.Collections.Frozen;
using System.Diagnostics;

namespace StepFlow.Language.Validation;

/// <summary>Which fields a state type has: in either query language, in JSONPath alone, in JSONata alone.</summary>
internal sealed record StateFields(FrozenSet<string> Common, FrozenSet<string> JsonPath, FrozenSet<string> Jsonata)
{
    private const string Any = "Type Comment QueryLanguage";

    private static readonly StateFields Pass = Create("Next End Assign", "InputPath OutputPath ResultPath Parameters Result", "Output");
    private static readonly StateFields Task = Create(
        "Resource TimeoutSeconds HeartbeatSeconds Retry Catch Credentials Next End Assign",
        "InputPath OutputPath ResultPath ResultSelector Parameters TimeoutSecondsPath HeartbeatSecondsPath",
        "Arguments Output");

    private static readonly StateFields Choice = Create("Choices Default Assign", "InputPath OutputPath", "Output");
    private static readonly StateFields Wait = Create("Seconds Timestamp Next End Assign", "SecondsPath TimestampPath InputPath OutputPath", "Output");
    private static readonly StateFields Succeed = Create(string.Empty, "InputPath OutputPath", "Output");
    private static readonly StateFields Fail = Create("Error Cause", "ErrorPath CausePath", string.Empty);
    private static readonly StateFields Parallel = Create(
        "Branches Retry Catch Next End Assign",
        "InputPath OutputPath ResultPath ResultSelector Parameters",
        "Arguments Output");

    private static readonly StateFields Map = Create(
        "ItemProcessor Iterator ItemSelector MaxConcurrency ItemReader ItemBatcher ResultWriter Label ToleratedFailureCount ToleratedFailurePercentage Retry Catch Next End Assign",
        "ItemsPath MaxConcurrencyPath ToleratedFailureCountPath ToleratedFailurePercentagePath Parameters InputPath OutputPath ResultPath ResultSelector",
        "Items Output");

    private static readonly FrozenSet<string> OnlyJsonPath = Set(
        "InputPath OutputPath ResultPath ResultSelector Parameters ItemsPath MaxConcurrencyPath ToleratedFailureCountPath "
        + "ToleratedFailurePercentagePath MaxItemsPerBatchPath MaxInputBytesPerBatchPath MaxItemsPath TimeoutSecondsPath "
        + "HeartbeatSecondsPath SecondsPath TimestampPath ErrorPath CausePath Variable");

    private static readonly FrozenSet<string> OnlyJsonata = Set("Arguments Output Items Condition");

    /// <summary>The fields of a state's type.</summary>
    public static StateFields Of(State state) => state switch
    {
        PassState => Pass,
        TaskState => Task,
        ChoiceState => Choice,
        WaitState => Wait,
        SucceedState => Succeed,
        FailState => Fail,
        ParallelState => Parallel,
        MapState => Map,
        _ => throw new UnreachableException(),
    };

    /// <summary>The query language of a field; null if both or neither have it.</summary>
    public static QueryLanguage? LanguageOf(string field) =>
        OnlyJsonPath.Contains(field) ? QueryLanguage.JsonPath : OnlyJsonata.Contains(field) ? QueryLanguage.Jsonata : null;

    private static StateFields Create(string common, string jsonPath, string jsonata) => new(Set($"{Any} {common}"), Set(jsonPath), Set(jsonata));

    private static FrozenSet<string> Set(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
}
