using StepFlow.Language.Diagnostics;
using StepFlow.Language.Json;
using StepFlow.Language.Loading;

namespace StepFlow.Language.Tests.Validation;

public sealed class DefinitionValidatorTests
{
    private const string Schema = DiagnosticCodes.SchemaValidationFailed;

    /// <summary>One state, its fields, and the diagnostics that it gets: "code|location|message".</summary>
    public static TheoryData<string, string[]> States => new()
    {
        // Types and required fields.
        { """{ "Type": "Nope" }""", [$"{Schema}|/States/S/Type|{DiagnosticMessages.FieldOneOf("Type", ["Task", "Wait", "Pass", "Succeed", "Fail", "Choice", "Parallel", "Map"])}"] },
        { """{ "Type": 1 }""", [$"{Schema}|/States/S/Type|{DiagnosticMessages.ExpectedType("STRING")}"] },
        { """{ "End": true }""", [$"{Schema}|/States/S|{DiagnosticMessages.Required(["Type"])}"] },
        { """{ "Type": "Task", "End": true }""", [$"{Schema}|/States/S|{DiagnosticMessages.Required(["Resource"])}"] },
        { """{ "Type": "Task", "Resource": 5, "End": true }""", [$"{Schema}|/States/S/Resource|{DiagnosticMessages.ExpectedType("STRING")}"] },
        { """{ "Type": "Parallel", "End": true }""", [$"{Schema}|/States/S|{DiagnosticMessages.Required(["Branches"])}"] },
        { """{ "Type": "Parallel", "Branches": [], "End": true }""", [$"{Schema}|/States/S/Branches|{DiagnosticMessages.Empty}"] },
        { """{ "Type": "Parallel", "Branches": [[]], "End": true }""", [$"{Schema}|/States/S/Branches[0]|{DiagnosticMessages.ExpectedType("OBJECT")}"] },
        { """{ "Type": "Map", "End": true }""", [$"{Schema}|/States/S|{DiagnosticMessages.OneRequired("ItemProcessor", "Iterator")}"] },
        { """{ "Type": "Wait", "End": true }""", [$"{Schema}|/States/S|{DiagnosticMessages.OneRequired("Seconds", "Timestamp", "SecondsPath", "TimestampPath")}"] },

        // Next and End.
        { """{ "Type": "Pass", "Next": "S", "End": true }""", [$"{Schema}|/States/S|{DiagnosticMessages.OnlyOne("Next", "End")}"] },
        { """{ "Type": "Pass", "Next": "Gone" }""", [$"MISSING_TRANSITION_TARGET|/States/S/Next|{DiagnosticMessages.MissingTarget("Gone")}", $"MISSING_END_STATE||{DiagnosticMessages.NoTerminalState}"] },

        // Fields of other types and of the other query language.
        { """{ "Type": "Pass", "End": true, "TimeoutSeconds": 5 }""", [$"{Schema}|/States/S|{DiagnosticMessages.NotSupported("TimeoutSeconds")}"] },
        { """{ "Type": "Pass", "End": true, "Catch": [] }""", [$"{Schema}|/States/S|{DiagnosticMessages.NotSupported("Catch")}"] },
        { """{ "Type": "Succeed", "Nonsense": 1 }""", [$"{Schema}|/States/S|{DiagnosticMessages.NotSupported("Nonsense")}"] },
        { """{ "Type": "Pass", "End": true, "Output": 1 }""", [$"{Schema}|/States/S|{DiagnosticMessages.OtherQueryLanguage("JSONPath", "Output", "JSONata")}"] },
        { """{ "Type": "Pass", "End": true, "QueryLanguage": "JSONata", "ResultPath": "$.a" }""", [$"{Schema}|/States/S|{DiagnosticMessages.OtherQueryLanguage("JSONata", "ResultPath", "JSONPath")}"] },
        { """{ "Type": "Pass", "End": true, "QueryLanguage": "jsonata" }""", [$"{Schema}|/States/S/QueryLanguage|{DiagnosticMessages.OneOf("JSONPath", "JSONata")}"] },

        { """{ "Type": "Succeed", "Assign": {} }""", [$"{Schema}|/States/S|{DiagnosticMessages.NotSupported("Assign")}"] },
        { """{ "Type": "Pass", "End": true, "ResultSelector": {} }""", [$"{Schema}|/States/S|{DiagnosticMessages.NotSupported("ResultSelector")}"] },
        { """{ "Type": "Succeed", "": 1 }""", [$"{Schema}|/States/S|{DiagnosticMessages.NotSupported("")}"] },

        // Exclusive fields and ranges.
        { """{ "Type": "Wait", "Seconds": 1, "SecondsPath": "$.s", "End": true }""", [$"{Schema}|/States/S|{DiagnosticMessages.OnlyOne("Seconds", "SecondsPath", "Timestamp", "TimestampPath")}"] },
        { """{ "Type": "Fail", "Error": "e", "ErrorPath": "$.e" }""", [$"{Schema}|/States/S|{DiagnosticMessages.OnlyOne("Error", "ErrorPath")}"] },
        { """{ "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "TimeoutSeconds": 0, "End": true }""", [$"{Schema}|/States/S/TimeoutSeconds|{DiagnosticMessages.Minimum("1")}"] },
        { """{ "Type": "Wait", "Seconds": -1, "End": true }""", [$"{Schema}|/States/S/Seconds|{DiagnosticMessages.Minimum("0")}"] },
        { """{ "Type": "Wait", "Seconds": 1.5, "End": true }""", [$"{Schema}|/States/S/Seconds|{DiagnosticMessages.ExpectedType("INTEGER")}"] },
        { """{ "Type": "Wait", "Seconds": "1", "End": true }""", [$"{Schema}|/States/S/Seconds|{DiagnosticMessages.ExpectedType("INTEGER")}"] },
        { """{ "Type": "Wait", "Timestamp": "tomorrow", "End": true }""", [$"{Schema}|/States/S/Timestamp|{DiagnosticMessages.NotATimestamp}"] },

        // Resources and credentials.
        { """{ "Type": "Task", "Resource": "http://x", "End": true }""", [$"{Schema}|/States/S/Resource|{DiagnosticMessages.InvalidResource}"] },
        { """{ "Type": "Task", "Resource": "azure:blob:getBlob", "End": true }""", [] },
        { """{ "Type": "Task", "Resource": "azure:containerapps:startJob.sync", "End": true }""", [] },
        { """{ "Type": "Task", "Resource": "azure:blob", "End": true }""", [$"{Schema}|/States/S/Resource|{DiagnosticMessages.InvalidResource}"] },
        { """{ "Type": "Task", "Resource": "azure:blob:getBlob.async", "End": true }""", [$"{Schema}|/States/S/Resource|{DiagnosticMessages.InvalidResource}"] },
        { """{ "Type": "Task", "Resource": "arn:aws:lambda:r:1:function:f:$*", "End": true }""", [$"{Schema}|/States/S/Resource|{DiagnosticMessages.InvalidResource}"] },
        { """{ "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "Credentials": {}, "End": true }""", [$"{Schema}|/States/S/Credentials|{DiagnosticMessages.RequiredField("RoleArn")}"] },

        // Retriers and catchers.
        { """{ "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": true, "Retry": [{}] }""", [$"{Schema}|/States/S/Retry[0]|{DiagnosticMessages.Required(["ErrorEquals"])}"] },
        { """{ "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": true, "Retry": [{ "ErrorEquals": [true] }] }""", [$"{Schema}|/States/S/Retry[0]/ErrorEquals[0]|{DiagnosticMessages.ExpectedType("STRING")}"] },
        { """{ "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": true, "Retry": [{ "ErrorEquals": ["States.ALL", "X"] }] }""", [$"{Schema}|/States/S/Retry[0]/ErrorEquals|{DiagnosticMessages.AllMustStandAlone}"] },
        { """{ "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": true, "Retry": [{ "ErrorEquals": ["States.ALL"] }, { "ErrorEquals": ["X"] }] }""", [$"{Schema}|/States/S/Retry[0]/ErrorEquals|{DiagnosticMessages.AllMustBeLast}"] },
        { """{ "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": true, "Retry": [{ "ErrorEquals": ["X"], "BackoffRate": 0.5 }] }""", [$"{Schema}|/States/S/Retry[0]/BackoffRate|{DiagnosticMessages.Minimum("1.0")}"] },
        { """{ "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": true, "Retry": [{ "ErrorEquals": ["X"], "JitterStrategy": "HALF" }] }""", [$"{Schema}|/States/S/Retry[0]/JitterStrategy|{DiagnosticMessages.OneOf("FULL", "NONE")}"] },
        { """{ "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": true, "Catch": [{ "ErrorEquals": ["X"] }] }""", [$"{Schema}|/States/S/Catch[0]|{DiagnosticMessages.Required(["Next"])}"] },

        // Paths, templates, variables.
        { """{ "Type": "Pass", "InputPath": "a.b", "End": true }""", [$"{Schema}|/States/S/InputPath|{DiagnosticMessages.NotAPath}"] },
        { """{ "Type": "Pass", "ResultPath": "$foo", "End": true }""", [$"{Schema}|/States/S/ResultPath|{DiagnosticMessages.NotAReferencePath}"] },
        { """{ "Type": "Pass", "Parameters": { "a.$": "no path" }, "End": true }""", [$"{Schema}|/States/S/Parameters|{DiagnosticMessages.NotAPathOrIntrinsic("a.$")}"] },
        { """{ "Type": "Pass", "Parameters": { "a.$": "$.a", "a": 1 }, "End": true }""", [$"{Schema}|/States/S/Parameters|{DiagnosticMessages.DuplicateTemplateField("a")}"] },
        { """{ "Type": "Pass", "Assign": { "1a": 1 }, "End": true }""", [$"{Schema}|/States/S/Assign|{DiagnosticMessages.InvalidVariableName("1a")}"] },
        { """{ "Type": "Pass", "Assign": 1, "End": true }""", [$"{Schema}|/States/S/Assign|{DiagnosticMessages.ExpectedType("OBJECT")}"] },

        // JSONata.
        { """{ "Type": "Pass", "QueryLanguage": "JSONata", "Output": { "a": ["{% 1"] }, "End": true }""", [$"INVALID_JSONATA_EXPRESSION|/States/S/Output/a[0]|{DiagnosticMessages.UnbalancedExpression}"] },
        { """{ "Type": "Wait", "QueryLanguage": "JSONata", "Seconds": "1", "End": true }""", [$"{Schema}|/States/S/Seconds|{DiagnosticMessages.NotAnExpression}"] },
    };

    /// <summary>One Choice rule in JSONPath, and the diagnostics that it gets.</summary>
    public static TheoryData<string, string[]> Rules => new()
    {
        { """{ "Next": "E" }""", [$"{Schema}|/States/S/Choices[0]|{DiagnosticMessages.NoComparison}"] },
        { """{ "Variable": "$.a", "IsNull": true }""", [$"{Schema}|/States/S/Choices[0]|{DiagnosticMessages.Required(["Next"])}"] },
        { """{ "IsNull": true, "Next": "E" }""", [$"{Schema}|/States/S/Choices[0]|{DiagnosticMessages.Required(["Variable"])}"] },
        { """{ "Variable": "$.a", "IsNull": true, "IsString": true, "Next": "E" }""", [$"{Schema}|/States/S/Choices[0]|{DiagnosticMessages.OnlyOne("IsNull", "IsString")}"] },
        { """{ "Variable": "$.a", "IsNull": "yes", "Next": "E" }""", [$"{Schema}|/States/S/Choices[0]/IsNull|{DiagnosticMessages.ExpectedType("BOOLEAN")}"] },
        { """{ "Variable": "$.a", "NumericEquals": "1", "Next": "E" }""", [$"{Schema}|/States/S/Choices[0]/NumericEquals|{DiagnosticMessages.ExpectedType("NUMBER")}"] },
        { """{ "Variable": "$.a", "TimestampEquals": "noon", "Next": "E" }""", [$"{Schema}|/States/S/Choices[0]/TimestampEquals|{DiagnosticMessages.NotATimestamp}"] },
        { """{ "Variable": "States.UUID()", "IsNull": true, "Next": "E" }""", [$"{Schema}|/States/S/Choices[0]/Variable|{DiagnosticMessages.NotAReferencePath}"] },
        { """{ "And": [], "Next": "E" }""", [$"{Schema}|/States/S/Choices[0]/And|{DiagnosticMessages.Empty}"] },
        { """{ "Not": [], "Next": "E" }""", [$"{Schema}|/States/S/Choices[0]/Not|{DiagnosticMessages.ExpectedType("OBJECT")}"] },
        { """{ "Or": [{ "Variable": "$.a", "IsNull": true, "Next": "E" }], "Next": "E" }""", [$"{Schema}|/States/S/Choices[0]/Or[0]|{DiagnosticMessages.NotSupported("Next")}"] },
        { """{ "Variable": "$.a", "IsNull": true, "Condition": "{% true %}", "Next": "E" }""", [$"{Schema}|/States/S/Choices[0]|{DiagnosticMessages.OtherQueryLanguage("JSONPath", "Condition", "JSONata")}"] },
        { """{ "Variable": "$.a", "IsNull": true, "End": true, "Next": "E" }""", [$"{Schema}|/States/S/Choices[0]|{DiagnosticMessages.NotSupported("End")}"] },
        { """{ "And": [{ "Variable": "$.a", "StringMatches": "a*" }, { "Not": { "Variable": "$.b", "NumericEqualsPath": "$.c" } }], "Next": "E" }""", [] },
    };

    [Theory]
    [MemberData(nameof(States))]
    public void Validate_State_GivesDiagnostics(string state, string[] expected) =>
        Assert.Equal(expected, Errors($$"""{ "StartAt": "S", "States": { "S": {{state}} } }"""));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Validate_ChoiceRule_GivesDiagnostics(string rule, string[] expected) =>
        Assert.Equal(expected, Errors($$"""
            { "StartAt": "S", "States": {
                "S": { "Type": "Choice", "Choices": [{{rule}}], "Default": "E" },
                "E": { "Type": "Succeed" } } }
            """));

    [Theory]
    [InlineData("""{ "StartAt": "S", "States": { "S": { "Type": "Succeed" } }, "Other": 1 }""", "SCHEMA_VALIDATION_FAILED|/|Field 'Other' is not supported")]
    [InlineData("""{ "StartAt": "S", "States": { "S": { "Type": "Succeed" } }, "TimeoutSeconds": 0 }""", "SCHEMA_VALIDATION_FAILED|/TimeoutSeconds|Minimum value is 1")]
    [InlineData("""{ "StartAt": "S", "States": { "S": { "Type": "Succeed" } }, "Version": "2.0" }""", "SCHEMA_VALIDATION_FAILED|/Version|Value should be one of the following: [1.0]")]
    [InlineData("""{ "StartAt": "S", "States": {} }""", "SCHEMA_VALIDATION_FAILED|/States|Value cannot be empty")]
    [InlineData("""{ "StartAt": "X", "States": { "S": { "Type": "Succeed" } } }""", "MISSING_TRANSITION_TARGET|/StartAt|Missing 'Next' target: X", "MISSING_TRANSITION_TARGET|/States/S|State \"S\" is not reachable.")]
    [InlineData("""{ "QueryLanguage": "JSONata", "StartAt": "S", "States": { "S": { "Type": "Pass", "QueryLanguage": "JSONPath", "End": true } } }""", "SCHEMA_VALIDATION_FAILED|/States/S|" + DiagnosticMessages.QueryLanguageDowngrade)]
    [InlineData("[]", "SCHEMA_VALIDATION_FAILED||Definition must be a valid JSON object")]
    [InlineData("nonsense", "INVALID_JSON_DESCRIPTION|[Source: (String)\"nonsense\"; line: 1, column: 9]|Unrecognized token 'nonsense': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: (String)\"nonsense\"; line: 1, column: 9]")]
    public void Load_BrokenMachine_GivesDiagnostics(string definition, params string[] expected) => Assert.Equal(expected, Errors(definition));

    /// <summary>Expressions, and the findings for each as the Output of a Pass.</summary>
    [Theory]
    [InlineData("phone", "UNSUPPORTED_JSONATA_EXPRESSION", "Reference to 'phone' at the top level is not supported.")]
    [InlineData("a.b.c", "UNSUPPORTED_JSONATA_EXPRESSION", "Reference to 'a' at the top level is not supported.")]
    [InlineData("$", "UNSUPPORTED_JSONATA_EXPRESSION", "Reference to '$' at the top level is not supported.")]
    [InlineData("$$", "UNSUPPORTED_JSONATA_EXPRESSION", "Reference to '$$' is not supported.")]
    [InlineData("$map($states.input.a, function($x) { b })", "UNSUPPORTED_JSONATA_EXPRESSION", "Reference to 'b' at the top level is not supported.")]
    [InlineData("{aaa: 1}", "UNSUPPORTED_JSONATA_EXPRESSION", "Reference to 'aaa' at the top level is not supported.")]
    [InlineData("$states.errorOutput", "UNSUPPORTED_JSONATA_EXPRESSION", "Field '$states.errorOutput' does not exist.")]
    [InlineData("$states.result", "UNSUPPORTED_JSONATA_EXPRESSION", "Field '$states.result' does not exist.")]
    [InlineData("1 +", "INVALID_JSONATA_EXPRESSION", "Unexpected end of expression")]
    [InlineData("a[1,2)", "INVALID_JSONATA_EXPRESSION", "Expected \"]\", got \",\"")]
    [InlineData("$states.input.a[b = 1].c^(d){e: $}")]
    [InlineData("$unknown.a")]
    [InlineData("$sum($states.input.x.(y * 2))")]
    public void Validate_JsonataExpression_GivesDiagnostic(string expression, params string[] expected) => Assert.Equal(
        expected is [var code, var message] ? [$"{code}|/States/S/Output/v|{message}"] : [],
        Errors(JsonObject.Create(
            ("StartAt", "S"),
            ("QueryLanguage", "JSONata"),
            ("States", JsonObject.Create(("S", JsonObject.Create(
                ("Type", "Pass"), ("End", true), ("Output", JsonObject.Create(("v", $"{{% {expression} %}}")))))))).ToString()));

    [Fact]
    public void Validate_LoopWithUnreachableState_OnlyReportsThatItNeverEnds() => Assert.Equal(
        [$"MISSING_END_STATE||{DiagnosticMessages.NoTerminalState}"],
        Errors("""
            { "StartAt": "A", "States": {
                "A": { "Type": "Pass", "Next": "B" }, "B": { "Type": "Pass", "Next": "A" }, "C": { "Type": "Pass", "Next": "A" } } }
            """));

    [Fact]
    public void Validate_SameNameInsideMap_IsDuplicate() => Assert.Equal(
        [$"DUPLICATE_STATE_NAME|/States/M/ItemProcessor/States/M|{DiagnosticMessages.DuplicateState("M")}"],
        Errors("""
            { "StartAt": "M", "States": { "M": { "Type": "Map", "End": true,
                "ItemProcessor": { "StartAt": "M", "States": { "M": { "Type": "Pass", "End": true } } } } } }
            """));

    [Theory]
    [InlineData("arn:aws:states:::sqs:sendMessage.waitForTaskToken", DiagnosticMessages.ExpressWaitForTaskToken)]
    [InlineData("arn:aws:states:::states:startExecution.sync:2", DiagnosticMessages.ExpressSync)]
    [InlineData("arn:aws:states:eu-west-1:1:activity:a", DiagnosticMessages.ExpressActivity)]
    public void Validate_ExpressMachineThatWaits_IsRefused(string resource, string message)
    {
        string definition = $$"""{ "StartAt": "S", "States": { "S": { "Type": "Task", "Resource": "{{resource}}", "End": true } } }""";

        Assert.Equal([$"{Schema}|/States/S/Resource|{message}"], Errors(definition, StateMachineType.Express));
        Assert.Empty(Errors(definition));
    }

    [Theory]
    [InlineData("", DiagnosticMessages.LabelEmpty)]
    [InlineData("12345678901234567890123456789012345678901", DiagnosticMessages.LabelTooLong)]
    [InlineData("a b", "Label contains invalid character: ' '")]
    [InlineData("a\\\"b", "Label contains invalid character: '\"'")]
    public void Validate_Label_IsChecked(string label, string message) => Assert.Equal(
        [$"INVALID_LABEL_NAME|/States/M/Label|{message}"],
        Errors($$"""
            { "StartAt": "M", "States": { "M": { "Type": "Map", "End": true, "Label": "{{label}}",
                "ItemProcessor": { "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" },
                    "StartAt": "P", "States": { "P": { "Type": "Pass", "End": true } } } } } }
            """));

    [Fact]
    public void Validate_ManyFaults_AreAllReported() => Assert.Equal(3, Errors("""
        { "StartAt": "A", "States": {
            "A": { "Type": "Pass", "ResultPath": "x", "Bogus": 1, "Next": "B" },
            "B": { "Type": "Wait", "Seconds": -5, "End": true } } }
        """).Length);

    /// <summary>Order and places as people measured them on AWS.</summary>
    [Theory]
    [InlineData("""{ "StartAt": "X", "States": { "X": { "Type": "Pass", "QueryLanguage": "jsonata", "InputPath": "$.a", "End": true } } }""", "/States/X", "/States/X/QueryLanguage")]
    [InlineData("""{ "StartAt": "X", "States": { "X": { "Type": "Pass", "QueryLanguage": 5, "InputPath": "$.a", "End": true } } }""", "/States/X", "/States/X/QueryLanguage")]
    [InlineData("""{ "QueryLanguage": "jsonpath", "StartAt": "X", "States": { "X": { "Type": "Pass", "InputPath": "$.a", "End": true } } }""", "/QueryLanguage", "/States/X")]
    [InlineData("""{ "QueryLanguage": "JSONata", "StartAt": "X", "States": { "X": { "Type": "Pass", "QueryLanguage": "jsonpath", "End": true } } }""", "/States/X/QueryLanguage")]
    public void Validate_UnknownQueryLanguage_CountsAsJsonata(string definition, params string[] locations) =>
        Assert.Equal(locations, Errors(definition).Select(error => error.Split('|')[1]));

    /// <summary>A state takes the query language of its machine, not of the state around it; branches and item processors have none of their own.</summary>
    [Theory]
    [InlineData("""{ "Type": "Map", "QueryLanguage": "JSONata", "ItemProcessor": { "StartAt": "I", "States": { "I": { "Type": "Pass", "OutputPath": "$.a", "End": true } } }, "End": true }""", null)]
    [InlineData("""{ "Type": "Map", "QueryLanguage": "JSONata", "ItemProcessor": { "StartAt": "I", "States": { "I": { "Type": "Pass", "Output": 1, "End": true } } }, "End": true }""", "/States/S/ItemProcessor/States/I")]
    [InlineData("""{ "Type": "Parallel", "QueryLanguage": "JSONata", "Branches": [{ "StartAt": "I", "States": { "I": { "Type": "Pass", "Output": 1, "End": true } } }], "End": true }""", "/States/S/Branches[0]/States/I")]
    [InlineData("""{ "Type": "Map", "ItemProcessor": { "QueryLanguage": "JSONata", "StartAt": "I", "States": { "I": { "Type": "Pass", "End": true } } }, "End": true }""", "/States/S/ItemProcessor")]
    [InlineData("""{ "Type": "Parallel", "Branches": [{ "QueryLanguage": "JSONata", "StartAt": "I", "States": { "I": { "Type": "Pass", "End": true } } }], "End": true }""", "/States/S/Branches[0]")]
    public void Validate_QueryLanguageOfAnInnerState_IsThatOfTheMachine(string state, string? location) =>
        Assert.Equal(location is null ? [] : [location], Errors($$"""{ "StartAt": "S", "States": { "S": {{state}} } }""").Select(error => error.Split('|')[1]));

    [Theory]
    [InlineData(80, false)]
    [InlineData(81, true)]
    public void Validate_NameOfAState_HasUpToEightyCharacters(int length, bool isRefused)
    {
        string name = new('s', length);

        Assert.Equal(isRefused, Errors($$$"""{ "StartAt": "{{{name}}}", "States": { "{{{name}}}": { "Type": "Succeed" } } }""").Length > 0);
    }

    /// <summary>A variable is assigned as a whole: its name is no path.</summary>
    [Theory]
    [InlineData("x.y")]
    [InlineData("x[0]")]
    [InlineData("states")]
    public void Validate_AssignToAPartOfAVariable_IsRefused(string name) => Assert.Equal(
        [$"{Schema}|/States/S/Assign|{DiagnosticMessages.InvalidVariableName(name)}"],
        Errors($$$"""{ "StartAt": "S", "States": { "S": { "Type": "Pass", "Assign": { "{{{name}}}": 1 }, "End": true } } }"""));

    [Fact]
    public void Validate_LiteralThatLooksLikePath_IsWarning()
    {
        LoadResult result = StateMachineLoader.Load("""
            { "StartAt": "A", "States": { "A": { "Type": "Pass", "Parameters": { "a": "$.b" }, "Result": { "c": "$.d" }, "End": true } } }
            """);

        Assert.True(result.IsSuccess);
        Assert.Equal(
            [(DiagnosticCodes.NoDollar, "/States/A/Parameters/a"), (DiagnosticCodes.PassResultIsStatic, "/States/A/Result")],
            result.Diagnostics.Select(diagnostic => (diagnostic.Code, diagnostic.Location!)));
    }

    [Fact]
    public void Format_SeveralErrors_JoinsThem()
    {
        string text = """{ "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "B" } } }""";

        Assert.Equal(
            "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next, MISSING_END_STATE: Workflow has no terminal state at null'",
            InvalidDefinitionMessage.Format(StateMachineLoader.Load(text).Diagnostics, text));
    }

    private static string[] Errors(string definition, StateMachineType type = StateMachineType.Standard) =>
        [.. StateMachineLoader.Load(definition, type).Diagnostics
            .Where(diagnostic => diagnostic.IsError)
            .Select(diagnostic => $"{diagnostic.Code}|{diagnostic.Location}|{diagnostic.Message}")];
}
