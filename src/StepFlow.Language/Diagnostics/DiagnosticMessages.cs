namespace StepFlow.Language.Diagnostics;

/// <summary>The texts of diagnostics, in the words of Step Functions.</summary>
public static class DiagnosticMessages
{
    /// <summary>The text is blank, or JSON but no object.</summary>
    public const string NotAnObject = "Definition must be a valid JSON object";

    /// <summary>An array or object that must have content has none.</summary>
    public const string Empty = "Value cannot be empty";

    /// <summary>No state ends the machine.</summary>
    public const string NoTerminalState = "Workflow has no terminal state";

    public const string InvalidResource = "Value is not a valid resource ARN";

    public const string NotAReferencePath = "Value is not a Reference Path";

    /// <summary>A value is not a path.</summary>
    public const string NotAPath = "Value is not a valid JSONPath";

    /// <summary>A timestamp is not RFC 3339.</summary>
    public const string NotATimestamp = "String does not match RFC3339 timestamp";

    /// <summary>A Choice rule that compares nothing.</summary>
    public const string NoComparison = "A Choice Rule must have one comparison operator, or one of [And, Or, Not]";

    /// <summary>A state of JSONPath inside a machine of JSONata.</summary>
    public const string QueryLanguageDowngrade = "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine";

    /// <summary>States.ALL among other names.</summary>
    public const string AllMustStandAlone = "States.ALL must appear alone in an ErrorEquals list";

    /// <summary>States.ALL before the last retrier or catcher.</summary>
    public const string AllMustBeLast = "States.ALL must appear only in the last Retrier or Catcher";

    /// <summary>A string opens or closes a JSONata expression but not both.</summary>
    public const string UnbalancedExpression = "JSONata expressions must start with '{%' and end with '%}'";

    /// <summary>JSONata needs an expression here.</summary>
    public const string NotAnExpression = "Value is not a JSONata expression";

    /// <summary>An Express machine with a task that waits for a job.</summary>
    public const string ExpressSync = "Express state machine does not support '.sync' service integration";

    /// <summary>An Express machine with a task that waits for a token. The two blanks are in the message of Step Functions too.</summary>
    public const string ExpressWaitForTaskToken = "Express state machine does not support '.waitForTaskToken' service integration ";

    public const string ExpressActivity = "Express state machine does not support Activity ARN";

    public const string ExpressDistributedMap = "Express state machine does not support Distributed Map";

    /// <summary>A label is blank.</summary>
    public const string LabelEmpty = "Label cannot be empty";

    /// <summary>A label is longer than <see cref="MaxLabelLength"/>.</summary>
    public const string LabelTooLong = "Label cannot exceed 40 characters";

    /// <summary>Longest label of a distributed Map, in UTF-16 units.</summary>
    public const int MaxLabelLength = 40;

    /// <summary>Longest name of a state, in UTF-16 units.</summary>
    public const int MaxStateNameLength = 80;

    /// <summary>A definition is larger than the quota.</summary>
    public static string TooLarge(int bytes) => $"Definition exceeds {bytes} bytes";

    /// <summary>Fields are missing.</summary>
    public static string Required(IEnumerable<string> fields) => $"These fields are required: [{string.Join(", ", fields)}]";

    /// <summary>The one field that matters is missing.</summary>
    public static string RequiredField(string field) => $"The field '{field}' is required but was missing";

    /// <summary>None of several fields is there.</summary>
    public static string OneRequired(params IEnumerable<string> fields) => $"One of these fields is required: [{string.Join(", ", fields)}]";

    /// <summary>Several fields exclude each other.</summary>
    public static string OnlyOne(params IEnumerable<string> fields) => $"There should only be one of the following fields: [{string.Join(", ", fields)}]";

    /// <summary>A field is unknown, or unknown there.</summary>
    public static string NotSupported(string field) => $"Field '{field}' is not supported";

    /// <summary>A value has the wrong JSON type.</summary>
    public static string ExpectedType(params IEnumerable<string> types) => $"Expected value of type [{string.Join(", ", types)}]";

    /// <summary>A value is not in an enumeration.</summary>
    public static string OneOf(params IEnumerable<string> values) => $"Value should be one of the following: [{string.Join(", ", values)}]";

    /// <summary>A field is not in an enumeration. The message names the field, as in Step Functions.</summary>
    public static string FieldOneOf(string field, IEnumerable<string> values) => $"The field '{field}' should have one of these values: [{string.Join(", ", values)}]";

    /// <summary>A number is below its range.</summary>
    public static string Minimum(string value) => $"Minimum value is {value}";

    /// <summary>A number is above its range.</summary>
    public static string Maximum(string value) => $"Maximum value is {value}";

    /// <summary>The target of a transition does not exist.</summary>
    public static string MissingTarget(string state) => $"Missing 'Next' target: {state}";

    /// <summary>No transition leads to a state.</summary>
    public static string NotReachable(string state) => $"State \"{state}\" is not reachable.";

    /// <summary>Two states have one name.</summary>
    public static string DuplicateState(string state) => $"Duplicate State name: {state}";

    /// <summary>A Resource names an unknown integration, or a pattern that the integration does not support.</summary>
    public static string SimilarNames(IReadOnlyList<string> names) => names.Count == 0 ? string.Empty : $" Similar names: {string.Join(", ", names)}.";

    public static string ResourceNotRecognised(string resource) =>
        $"The resource provided {resource} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.";

    /// <summary>An integration is given a parameter that it does not take.</summary>
    public static string UnknownParameter(string parameter) => $"The field \"{parameter}\" is not supported by Step Functions";

    /// <summary>Warning: an object has a field twice.</summary>
    public static string RepeatedField(string field) => $"The field '{field}' occurs more than once. Only the last one is used. Remove the others";

    /// <summary>Two distributed Maps have one label.</summary>
    public static string DuplicateLabel(string label) => $"Duplicate label name: {label}";

    public static string StateNameTooLong(string state) => $"State name exceeds {MaxStateNameLength} characters: {state}";

    /// <summary>A label has a character that it must not have; the character is written as a literal of Python, as recorded.</summary>
    public static string LabelCharacter(string quotedCharacter) => $"Label contains invalid character: {quotedCharacter}";

    public static string OtherQueryLanguage(string language, string field, string other) =>
        $"The QueryLanguage is set to '{language}', but field '{field}' is only supported for the '{other}' QueryLanguage";

    /// <summary>A template field whose name ends in <c>.$</c> holds neither a path nor an intrinsic function.</summary>
    public static string NotAPathOrIntrinsic(string field) =>
        $"The value for the field '{field}' must be a valid JSONPath or a valid intrinsic function call";

    /// <summary>A template has a field twice once <c>.$</c> is dropped.</summary>
    public static string DuplicateTemplateField(string field) => $"The field '{field}' is already defined";

    /// <summary>A variable's name is malformed.</summary>
    public static string InvalidVariableName(string name) => $"Invalid variable name: {name}";

    /// <summary>A JSONata expression reads its context at the top.</summary>
    public static string TopLevelReference(string reference) => $"Reference to '{reference}' at the top level is not supported.";

    /// <summary>A JSONata expression reads the root.</summary>
    public static string RootReference(string reference) => $"Reference to '{reference}' is not supported.";

    /// <summary>A JSONata expression reads a field of <c>$states</c> that is not there.</summary>
    public static string StatesField(string field) => $"Field '{field}' does not exist.";

    /// <summary>Warning: a literal looks like a path.</summary>
    public static string LooksLikePath(string field) =>
        $"The value of the field '{field}' looks like a JSONPath or intrinsic function, but the field name does not end with '.$'";

    /// <summary>Warning: a text looks like a path, but the field does not accept paths.</summary>
    public static string LooksLikePathField(string field) =>
        $"The value of the field '{field}' looks like a path, but the field name does not end with 'Path'";

    /// <summary>Warning: a Result is never evaluated.</summary>
    public const string ResultIsStatic = "The value of 'Result' is static and is not evaluated as a path";

    /// <summary>Warning: a path that never selects anything.</summary>
    public static string DataNeverThere(string path) =>
        $"'{path}' never has a value: no state that leads here adds it to the data. Check the name, or pass the value on with ResultPath, Parameters or Output";

    /// <summary>Warning: a comparison of the wrong kind.</summary>
    public static string ComparisonNeverMatches(string path, string kind, string comparison) =>
        $"The value at '{path}' is always of the type {kind}: {comparison} never matches. Use a comparison for {kind} values";

    /// <summary>Warning: a catcher or retrier whose errors are handled by earlier ones.</summary>
    public static string ErrorsTaken(IEnumerable<string> errors) =>
        $"Never used: earlier entries already match {string.Join(", ", errors)}. Remove this entry, or put it first";

    /// <summary>Warning: a rule that an earlier rule decides.</summary>
    public const string RuleTaken = "Never used: an earlier rule has the same condition, or always matches. Remove this rule, or put it first";

    /// <summary>Warning: a state from which no end can be reached.</summary>
    public static string NoWayOut(string state) =>
        $"No state that ends the execution can be reached from '{state}': the execution repeats this loop until it is stopped or its history is full. Add a transition to a state that ends it";

    /// <summary>Warning: a wait that nothing ends.</summary>
    public const string EndlessWait =
        "The task waits for its result without a time limit: if the result is never sent, the execution waits for up to a year. Set TimeoutSeconds or HeartbeatSeconds";
}
