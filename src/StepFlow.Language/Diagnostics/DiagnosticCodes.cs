namespace StepFlow.Language.Diagnostics;

/// <summary>The codes of diagnostics, as <c>ValidateStateMachineDefinition</c> names them.</summary>
public static class DiagnosticCodes
{
    /// <summary>The text is not JSON.</summary>
    public const string InvalidJsonDescription = "INVALID_JSON_DESCRIPTION";

    /// <summary>A field is missing, unknown, of the wrong type or out of its range.</summary>
    public const string SchemaValidationFailed = "SCHEMA_VALIDATION_FAILED";

    /// <summary>No state of the machine ends it.</summary>
    public const string MissingEndState = "MISSING_END_STATE";

    /// <summary>The target of a transition does not exist, or a state can never be reached.</summary>
    public const string MissingTransitionTarget = "MISSING_TRANSITION_TARGET";

    /// <summary>Two states of one machine have the same name.</summary>
    public const string DuplicateStateName = "DUPLICATE_STATE_NAME";

    /// <summary>A state's name is too long.</summary>
    public const string InvalidStateName = "INVALID_STATE_NAME";

    /// <summary>Two distributed Maps have the same label.</summary>
    public const string DuplicateLabelName = "DUPLICATE_LABEL_NAME";

    /// <summary>A distributed Map's label is malformed.</summary>
    public const string InvalidLabelName = "INVALID_LABEL_NAME";

    /// <summary>A JSONata expression has a syntax error.</summary>
    public const string InvalidJsonataExpression = "INVALID_JSONATA_EXPRESSION";

    /// <summary>A JSONata expression uses something that Step Functions does not support.</summary>
    public const string UnsupportedJsonataExpression = "UNSUPPORTED_JSONATA_EXPRESSION";

    /// <summary>Warning: an object of the definition has a field more than once.</summary>
    public const string DuplicateField = "DUPLICATE_FIELD";

    /// <summary>Warning: a template field looks like a path but its name does not end in <c>.$</c>.</summary>
    public const string NoDollar = "NO_DOLLAR";

    /// <summary>Warning: a field looks like a path but its name does not end in <c>Path</c>.</summary>
    public const string NoPath = "NO_PATH";

    /// <summary>Warning: a Pass's Result contains a text that looks like a path. Results are never evaluated.</summary>
    public const string PassResultIsStatic = "PASS_RESULT_IS_STATIC";

    /// <summary>Warning of the data flow: a path reads data that no earlier state can have produced.</summary>
    public const string DataNeverThere = "DATA_NEVER_THERE";

    /// <summary>Warning of the data flow: a rule compares a value with a type that it can never have.</summary>
    public const string ComparisonNeverMatches = "COMPARISON_NEVER_MATCHES";

    /// <summary>Warning of the data flow: a catcher, retrier or rule that is never used, because an earlier one always matches first.</summary>
    public const string UnreachableRules = "NEVER_TAKEN";

    /// <summary>Warning of the data flow: no end can be reached from a state.</summary>
    public const string NoWayOut = "NO_WAY_OUT";

    /// <summary>Warning of the data flow: a task waits for its result without a time limit.</summary>
    public const string EndlessWait = "ENDLESS_WAIT";

    /// <summary>The file is not YAML, or has YAML that JSON cannot represent.</summary>
    public const string InvalidYaml = "INVALID_YAML";

    /// <summary>Warning: a <c>${Name}</c> of the file has no value.</summary>
    public const string SubstitutionMissing = "SUBSTITUTION_MISSING";
}
