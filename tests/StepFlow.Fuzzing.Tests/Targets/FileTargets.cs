using StepFlow.Language.Json;
using StepFlow.Local.Configuration;
using StepFlow.Local.Failures;
using StepFlow.Local.Sources;
using StepFlow.Local.Templates;
using StepFlow.Runtime.Mocks;
using StepFlow.Service.DefinitionFiles;
using StepFlow.Service.Triggers;
using StepFlow.Testing;

namespace StepFlow.Fuzzing.Tests.Targets;

/// <summary>The files that the commands read.</summary>
internal static class FileTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        FuzzTarget.OfText("yaml", static text => FuzzTarget.MayRefuse<YamlFormatException>(() => YamlReader.Read(text)), "StartAt: A\nStates:\n  A: &x {Type: Pass, End: true}\n  B: *x\n  C: |\n    text\n", "? a\n: - 1.5\n  - ~\n  - 0x1F\n---\n"),
        FuzzTarget.OfText("definition-file", static text => DefinitionReader.Read("m.asl.yaml", text), "StartAt: ${Name}\nStates: {}\n", "{\"StartAt\": \"A\" // x\n}"),
        FuzzTarget.OfText(
            "template-file",
            static text => FuzzTarget.MayRefuse<CommandException>(() => TemplateReader.ReadAsync("t.yaml", text, new SourceOptions(), default).GetAwaiter().GetResult()),
            "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString: !Sub '{\"StartAt\":\"${A}\"}'\n      RoleArn: !GetAtt R.Arn\n",
            "service: s\nstepFunctions:\n  stateMachines:\n    m:\n      definition:\n        StartAt: A\n        States: {A: {Type: Pass, End: true}}\n",
            "{\"planned_values\":{\"root_module\":{\"resources\":[{\"type\":\"aws_sfn_state_machine\",\"values\":{\"definition\":\"{}\"}}]}}}"),
        FuzzTarget.OfText("mocks", static text => FuzzTarget.MayRefuse<FormatException>(() => FuzzTarget.MayRefuse<MockConfigurationException>(() => MockConfiguration.Parse(JsonValue.Parse(text)))), "{\"StateMachines\":{\"m\":{\"TestCases\":{\"c\":{\"A\":\"R\"}}}},\"MockedResponses\":{\"R\":{\"0\":{\"Return\":1},\"1-2\":{\"Throw\":{\"Error\":\"E\",\"Cause\":\"C\"}}}}}"),
        FuzzTarget.OfText("schedule", static text => FuzzTarget.MayRefuse<FormatException>(() => Schedule.Parse(text, null).Next(DateTimeOffset.UnixEpoch)), "*/5 8-17 1,15 * MON-FRI", "rate(5 minutes)", "0 0 30 2 *"),
        new("configuration", Configuration, ["{\"StepFlow\":{\"Server\":{\"Port\":1,\"TrustedProxies\":[\"10.0.0.0/8\"]},\"Functions\":{\"f\":{\"Command\":\"x\"}}}}"]),
    ];

    private static void Configuration(byte[] input)
    {
        using var folder = new TemporaryFolder();
        string file = folder.PathOf("stepflow.json");
        File.WriteAllBytes(file, input);
        FuzzTarget.MayRefuse<CommandException>(() => ConfigurationFile.ReadAsync(file, default).GetAwaiter().GetResult());
    }
}
