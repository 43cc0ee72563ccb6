using StepFlow.Language.Json;
using StepFlow.Local.Failures;
using StepFlow.Local.Tests.Commands;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Templates;

/// <summary>Templates of infrastructure, imported as teams have them.</summary>
public sealed class ImportTests : IDisposable
{
    private const string Account = "us-east-1:123456789012";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Output => Path.Combine(_folder.Path, "out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sam_WithAFileAndSubstitutions_NamesItsResources()
    {
        _folder.File("machines/order.asl.json", """
            {"StartAt":"Charge","States":{
              "Charge":{"Type":"Task","Resource":"${ChargeArn}","Next":"Save"},
              "Save":{"Type":"Task","Resource":"arn:${Partition}:states:::dynamodb:putItem","Parameters":{"TableName":"${Table}","Item":{"id":{"S":"7"}}},"Next":"Wait"},
              "Wait":{"Type":"Wait","Seconds":${Seconds},"End":true}}}
            """);
        _folder.File("src/app.py", "def handler(event, context):\n    return {\"charged\": event[\"n\"]}\n");
        string template = _folder.File("template.yaml", """
            AWSTemplateFormatVersion: '2010-09-09'
            Transform: AWS::Serverless-2016-10-31
            Parameters:
              Stage: {Type: String, Default: dev}
            Globals: {Function: {Runtime: python3.12}}
            Resources:
              ChargeFunction:
                Type: AWS::Serverless::Function
                Properties: {FunctionName: !Sub 'charge-${Stage}', CodeUri: src/, Handler: app.handler, Environment: {Variables: {TABLE: !Ref Orders}}}
              Orders:
                Type: AWS::DynamoDB::Table
                Properties: {KeySchema: [{AttributeName: id, KeyType: HASH}]}
              Machine:
                Type: AWS::Serverless::StateMachine
                Properties:
                  Name: !Join ['-', [order, !Ref Stage]]
                  DefinitionUri: machines/order.asl.json
                  DefinitionSubstitutions:
                    ChargeArn: !GetAtt ChargeFunction.Arn
                    Partition: !Ref AWS::Partition
                    Table: !Ref Orders
                    Seconds: 0
                  Events:
                    Nightly: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
            """);

        CommandRun run = await CommandRun.OfAsync("import", template, "--output", Output, "--substitute", "Stage=test");

        Assert.Equal((ExitCodes.Success, string.Empty), (run.ExitCode, run.Error));
        JsonObject definition = Read("machines/order-test.asl.json");
        Assert.Equal($"arn:aws:lambda:{Account}:function:charge-test", At(definition, "States", "Charge", "Resource"));
        JsonObject settings = Read("stepflow.json");
        Assert.Equal("app.py handler ../src Orders", string.Join(' ', At(settings, "Functions", "charge-test", "File"), At(settings, "Functions", "charge-test", "Entry"), At(settings, "Functions", "charge-test", "WorkingDirectory").TrimEnd('/'), At(settings, "Functions", "charge-test", "Environment", "TABLE")));
        Assert.Equal("id", At(settings, "Tables", "Orders", "PartitionKey"));
        Assert.Equal("""{"order-test-Nightly":{"StateMachine":"order-test","Schedule":"rate(1 day)"}}""", settings["Triggers"]!.ToString());
        Assert.Contains("| order-test | Standard | valid |", await File.ReadAllTextAsync(Path.Combine(Output, "REPORT.md"), Cancelled), StringComparison.Ordinal);
        await StartAsync("order-test", """{"n":3}""", "SUCCEEDED");
    }

    [Fact]
    public async Task Sam_WithAnInlineDefinition_IsCheckedAtItsLocationInTheTemplate()
    {
        string template = _folder.File("template.yaml", """
            Resources:
              Machine:
                Type: AWS::Serverless::StateMachine
                Properties:
                  Type: EXPRESS
                  Definition:
                    StartAt: A
                    States:
                      A: {Type: Pass, Next: B}
            """);
        CommandRun run = await CommandRun.OfAsync("validate", template);
        Assert.Equal(ExitCodes.InvalidDefinition, run.ExitCode);
        Assert.StartsWith($"{template}:9:27: error MISSING_TRANSITION_TARGET ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cdk_JoinedText_IsTheDefinition()
    {
        string template = _folder.File("Shop.template.json", """
            {"Resources": {
              "Fn9270CBC0": {"Type": "AWS::Lambda::Function", "Properties": {"Handler": "index.handler", "Runtime": "nodejs22.x"}},
              "Topic": {"Type": "AWS::SNS::Topic"},
              "Machine2E01": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {"DefinitionString": {"Fn::Join": ["", [
                "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":\"arn:", {"Ref": "AWS::Partition"}, ":states:::lambda:invoke\",\"Parameters\":{\"FunctionName\":\"",
                {"Fn::GetAtt": ["Fn9270CBC0", "Arn"]}, "\",\"Payload\":{}},\"Next\":\"B\"},\"B\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sns:publish\",\"Parameters\":{\"TopicArn\":\"", {"Ref": "Topic"}, "\",\"Message\":\"x\"},\"End\":true}}}"]]}}},
              "Rule": {"Type": "AWS::Events::Rule", "Properties": {"EventPattern": {"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": {"bucket": {"name": ["incoming"]}, "object": {"key": [{"prefix": "in/"}]}}}, "Targets": [{"Id": "t", "Arn": {"Ref": "Machine2E01"}}]}}}}
            """);

        CommandRun run = await CommandRun.OfAsync("import", template, "--output", Output, "--json");

        Assert.Equal((ExitCodes.Success, string.Empty), (run.ExitCode, run.Error));
        JsonObject definition = Read("machines/Machine2E01.asl.json");
        Assert.Equal($"arn:aws:lambda:{Account}:function:Fn9270CBC0", At(definition, "States", "A", "Parameters", "FunctionName"));
        Assert.Equal($"arn:aws:sns:{Account}:Topic", At(definition, "States", "B", "Parameters", "TopicArn"));
        JsonObject settings = Read("stepflow.json");
        Assert.NotNull(((JsonObject)settings["Resources"]!)[$"arn:aws:lambda:{Account}:function:Fn9270CBC0"]);
        Assert.Equal("UseDevelopmentStorage=true", At(settings, "Storage", "ConnectionString"));
        Assert.Equal("""{"Machine2E01-Rule":{"StateMachine":"Machine2E01","Container":"incoming","Prefix":"in/"}}""", settings["Triggers"]!.ToString());
    }

    [Fact]
    public async Task Serverless_WithVariables_NamesItsFunctions()
    {
        _folder.File("machines.yml", "order:\n  name: order-${self:provider.stage}\n  type: EXPRESS\n  events:\n    - schedule: rate(1 hour)\n  definition:\n    StartAt: A\n    States:\n      A: {Type: Task, Resource: !GetAtt [hello, Arn], End: true}\n");
        string template = _folder.File("serverless.yml", """
            service: shop
            provider: {name: aws, stage: "${opt:stage, 'dev'}"}
            plugins: [serverless-step-functions]
            functions:
              hello: {handler: hello.handler}
            stepFunctions:
              stateMachines: ${file(machines.yml)}
            """);

        CommandRun run = await CommandRun.OfAsync("import", template, "--output", Output, "--substitute", "stage=prod");

        Assert.Equal((ExitCodes.Success, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal($"arn:aws:lambda:{Account}:function:shop-prod-hello", At(Read("machines/order-prod.asl.json"), "States", "A", "Resource"));
        Assert.Equal("order-prod", ((JsonString)((JsonArray)((JsonObject)Read("stepflow.json")["StateMachines"]!)["Express"]!)[0]).Value);
    }

    [Fact]
    public async Task Terraform_Plan_HasKnownDefinitionsAndReportsWhichAreNot()
    {
        string plan = _folder.File("plan.json", """
            {"format_version": "1.2", "planned_values": {"root_module": {
              "resources": [{"address": "aws_sfn_state_machine.later", "type": "aws_sfn_state_machine", "name": "later", "values": {"name": "later"}}],
              "child_modules": [{"resources": [{"address": "module.m.aws_sfn_state_machine.now", "type": "aws_sfn_state_machine", "name": "now",
                "values": {"name": "now", "type": "EXPRESS", "definition": "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}"}}]}]}}}
            """);
        CommandRun run = await CommandRun.OfAsync("import", plan, "--output", Output);
        Assert.Equal((ExitCodes.Success, string.Empty), (run.ExitCode, run.Error));
        Assert.True(File.Exists(Path.Combine(Output, "machines", "now.asl.json")));
        Assert.Contains("aws_sfn_state_machine.later is known only after 'terraform apply'", await File.ReadAllTextAsync(Path.Combine(Output, "REPORT.md"), Cancelled), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("!Sub '${AWS::Region}-${Other.Arn}-${!Kept}'", "us-east-1-arn:aws:lambda:us-east-1:123456789012:function:other-${Kept}")]
    [InlineData("!Select [1, !Split ['/', 'a/b/c']]", "b")]
    [InlineData("!If [IsProd, yes, no]", "no")]
    [InlineData("!FindInMap [Sizes, !Ref Stage, Size]", "small")]
    [InlineData("!Ref Queue", "https://sqs.us-east-1.amazonaws.com/123456789012/Queue")]
    [InlineData("!GetAtt Queue.Arn", "arn:aws:sqs:us-east-1:123456789012:Queue")]
    [InlineData("!Ref Bucket", "bucket")]
    [InlineData("!Join [',', !Ref List]", "a,b")]
    [InlineData("!ImportValue shared-name", "shared-name")]
    public async Task Intrinsics_AreResolvedToNames(string written, string resolved)
    {
        string template = _folder.File("template.yaml", $$"""
            Parameters:
              Stage: {Type: String, Default: dev}
              List: {Type: CommaDelimitedList, Default: 'a, b'}
            Conditions: {IsProd: !Equals [!Ref Stage, prod]}
            Mappings: {Sizes: {dev: {Size: small} } }
            Resources:
              Other: {Type: AWS::Lambda::Function, Properties: {FunctionName: other} }
              Queue: {Type: AWS::SQS::Queue}
              Bucket: {Type: AWS::S3::Bucket}
              Machine:
                Type: AWS::StepFunctions::StateMachine
                Properties:
                  Definition: {StartAt: A, States: {A: {Type: Pass, Result: {{written}}, End: true} } }
            """);
        CommandRun run = await CommandRun.OfAsync("run", template, "--quiet");
        Assert.Equal((ExitCodes.Success, resolved), (run.ExitCode, (JsonValue.Parse(run.Output) as JsonString)?.Value));
    }

    [Fact]
    public async Task Template_WithANameTwice_TakesTheLast()
    {
        string template = _folder.File("template.yaml", "Description: a\nDescription: b\nResources:\n  One: {Type: AWS::Serverless::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Succeed}}}}}\n");
        Assert.Equal(ExitCodes.Success, (await CommandRun.OfAsync("validate", template)).ExitCode);
    }

    [Fact]
    public async Task Run_OfATemplateWithSeveral_RequiresAName()
    {
        string template = _folder.File("template.yaml", """
            Resources:
              One: {Type: AWS::Serverless::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Pass, Result: 1, End: true}}}}}
              Two: {Type: AWS::Serverless::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Pass, Result: 2, End: true}}}}}
            """);
        CommandRun all = await CommandRun.OfAsync("run", template);
        CommandRun two = await CommandRun.OfAsync("run", template, "--machine", "Two", "--quiet");
        CommandRun none = await CommandRun.OfAsync("run", template, "--machine", "Three");
        Assert.Contains("has several state machines: One, Two. Choose one with --machine.", all.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCodes.Success, "2\n"), (two.ExitCode, two.Output));
        Assert.Contains("has no state machine Three, only One, Two.", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_WhereFilesAre_RefusesUnlessForced()
    {
        string template = _folder.File("template.yaml", "Resources:\n  One: {Type: AWS::Serverless::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Succeed}}}}}\n");
        Assert.Equal(ExitCodes.Success, (await CommandRun.OfAsync("import", template, "--output", Output)).ExitCode);
        CommandRun again = await CommandRun.OfAsync("import", template, "--output", Output);
        Assert.Equal(ExitCodes.InvalidInput, again.ExitCode);
        Assert.Contains("stepflow.json exists already", again.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, (await CommandRun.OfAsync("import", template, "--output", Output, "--force")).ExitCode);
    }

    [Theory]
    [InlineData("a.asl.json", """{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}""", "is not a template with a state machine")]
    [InlineData("t.yaml", "Resources:\n  M: {Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: gone.asl.json}}", "gone.asl.json: no such file.")]
    [InlineData("t.yaml", "Resources: {M: {Type: AWS::Serverless::StateMachine\n", "t.yaml:2:1: ")]
    [InlineData("t.yaml", "Resources:\n  M: {Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: {Bucket: b, Key: k}}}", "the definition of M is not in the template")]
    public async Task Import_WhatCannotBe_ReportsWhy(string name, string text, string message)
    {
        CommandRun run = await CommandRun.OfAsync("import", _folder.File(name, text), "--output", Output);
        Assert.Equal(ExitCodes.InvalidInput, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static string At(JsonObject value, params string[] path) => ((JsonString)path.Aggregate((JsonValue)value, static (at, name) => ((JsonObject)at)[name]!)).Value;

    private JsonObject Read(string file) => (JsonObject)JsonValue.Parse(File.ReadAllText(Path.Combine(Output, file)));

    /// <summary>The imported folder is served as it is.</summary>
    private async Task StartAsync(string machine, string input, string status)
    {
        using ServerProcess server = await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), Path.Combine(Output, "stepflow.json"), Cancelled);
        CommandRun run = await CommandRun.OfAsync("start", machine, "--input", input, "--wait", "--server", server.Url);
        Assert.Contains(status, run.Output, StringComparison.Ordinal);
    }
}
