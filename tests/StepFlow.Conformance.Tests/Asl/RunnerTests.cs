using StepFlow.Testing;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>What the runner does with parts of a case that not every kind has, on small cases of its own.</summary>
public sealed class RunnerTests
{
    [Theory]
    [InlineData("ExecutionSucceeded", true)]
    [InlineData("ExecutionFailed", false)]
    public void RecordedLog_IsCompared(string lastType, bool same)
    {
        // The streams of a log group have no order.
        string[] records =
        [
            Record("4", "3", lastType, "{}"),
            Record("1", "0", "ExecutionStarted", """{"roleArn":"arn:<partition>:iam::111111111111:role/role"}"""),
            Record("2", "0", "PassStateEntered", """{"name":"P"}"""),
            Record("3", "2", "PassStateExited", """{"name":"P"}"""),
        ];

        Assert.Equal(same, Run("""
            {"id":"a::logs","kind":"logs","type":"STANDARD","stateMachineName":"m","input":{"a":1},
             "definition":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},
             "loggingConfiguration":{"level":"ALL","destinations":[{"cloudWatchLogsLogGroup":{"logGroupArn":"arn:aws:logs:us-east-1:111111111111:log-group:g:*"}}]},
             "placeholders":[{"value":"run","placeholder":"<ExecArnPart_0idx>"}],
             "expected":{"status":"SUCCEEDED","logged_execution_events":[RECORDS]}}
            """.Replace("RECORDS", string.Join(',', records), StringComparison.Ordinal)).Passed);
    }

    [Theory]
    [InlineData("hello", true)]
    [InlineData("something else", false)]
    public void CallAfterTheExecution_IsMadeAndCompared(string body, bool same) => Assert.Equal(same, Run("""
        {"id":"a::after","kind":"execution","type":"STANDARD","stateMachineName":"m","input":{},
         "definition":{"StartAt":"S","States":{"S":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Parameters":{"QueueUrl":"https://sqs.us-east-1.amazonaws.com/111111111111/q","MessageBody":"hello"},"End":true}}},
         "resources":[{"kind":"sqs-queue","name":"q","url":"https://sqs.us-east-1.amazonaws.com/111111111111/q"}],
         "after":[{"n":3,"op":"sqs.receive_message","args":{"QueueUrl":"https://sqs.us-east-1.amazonaws.com/111111111111/q"},"key":"received","path":"Messages[0].Body"}],
         "expected":{"status":"SUCCEEDED","received":"BODY"}}
        """.Replace("BODY", body, StringComparison.Ordinal)).Passed);

    [Fact]
    public void CalledMachineThatIsNotRecorded_EndsAsInItsRecordedDescription()
    {
        CaseResult result = Run("""
            {"id":"a::called","kind":"execution","type":"STANDARD","stateMachineName":"m","input":{},
             "definition":{"StartAt":"S","States":{"S":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync","Parameters":{"StateMachineArn":"arn:aws:states:us-east-1:111111111111:stateMachine:called","Name":"child"},"End":true}}},
             "expected":{"status":"FAILED","error":"States.TaskFailed","cause":{"Cause":"why","Error":"E","ExecutionArn":"arn:<partition>:states:<region>:111111111111:execution:called:child","Input":"{}",
                "InputDetails":{"Included":true},"Name":"child","StartDate":"datetime","StateMachineArn":"arn:<partition>:states:<region>:111111111111:stateMachine:called","Status":"FAILED","StopDate":"datetime"}}}
            """);

        Assert.True(result.Passed, result.Failure ?? result.Skip);
    }

    [Fact]
    public void CallOfAServiceWithoutADouble_IsReportedWhereTheCaseDiffers()
    {
        CaseResult result = Run("""
            {"id":"a::other","kind":"api","type":"STANDARD","expected":{"described":{"ResponseMetadata":{"HTTPStatusCode":200}}},"steps":[
                {"n":1,"op":"codepipeline.create_pipeline","args":{"name":"p"}},
                {"n":2,"op":"stepfunctions.describe_state_machine","args":{"stateMachineArn":"arn:aws:states:us-east-1:111111111111:stateMachine:of-the-pipeline"}},
                {"n":3,"match":"described","of":2}]}
            """);

        Assert.Equal("no double stands for codepipeline.create_pipeline", result.Skip);
    }

    [Theory]
    [InlineData("""{"kind":"cluster","name":"c"}""", "no double stands for a resource of the kind cluster")]
    [InlineData("""{"kind":"lambda","name":"f","handler":"none"}""", "what the function f does is not recorded")]
    public void ResourceThatIsNotRecorded_IsReportedWhereTheCaseDiffers(string resource, string reason)
    {
        CaseResult result = Run("""
            {"id":"a::resource","kind":"execution","type":"STANDARD","stateMachineName":"m","input":{},"resources":[RESOURCE],
             "definition":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"expected":{"status":"FAILED"}}
            """.Replace("RESOURCE", resource, StringComparison.Ordinal));

        Assert.Equal(reason, result.Skip);
    }

    /// <summary>The machine of a stack, by its template in either form and by a change set.</summary>
    [Theory]
    [InlineData("Definition: {StartAt: P, States: {P: {Type: Pass, Result: '${Greeting}', End: true}}}")]
    [InlineData("DefinitionString: !Sub '{\\\"StartAt\\\":\\\"P\\\",\\\"States\\\":{\\\"P\\\":{\\\"Type\\\":\\\"Pass\\\",\\\"Result\\\":\\\"hello\\\",\\\"End\\\":true}}}'")]
    public void StackWithAMachine_IsCreatedAndRuns(string definition)
    {
        CaseResult result = Run("""
            {"id":"a::stack","kind":"api","type":"STANDARD","expected":{
                "described":{"name":"of-the-stack","definition":{"StartAt":"P","States":{"P":{"Type":"Pass","Result":"hello","End":true}}},"roleArn":"arn:<partition>:iam::111111111111:role/r",
                    "stateMachineArn":"arn:<partition>:states:<region>:111111111111:stateMachine:of-the-stack","status":"ACTIVE","type":"EXPRESS","creationDate":"datetime",
                    "loggingConfiguration":{"level":"OFF","includeExecutionData":false},"tracingConfiguration":{"enabled":false},"encryptionConfiguration":{"type":"AWS_OWNED_KEY"},
                    "ResponseMetadata":{"HTTPHeaders":{},"HTTPStatusCode":200}}},"steps":[
                {"n":1,"op":"cloudformation.create_change_set","args":{"StackName":"s","ChangeSetName":"c","Parameters":[{"ParameterKey":"Word","ParameterValue":"hello"}],"TemplateBody":"Parameters: {Word: {Type: String}}\nResources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      StateMachineName: of-the-stack\n      StateMachineType: EXPRESS\n      RoleArn: !GetAtt R.Arn\n      DefinitionSubstitutions: {Greeting: !Ref Word}\n      DEFINITION\n  R: {Type: AWS::IAM::Role, Properties: {RoleName: r}}\nOutputs:\n  Arn: {Value: !Ref M}\n"}},
                {"n":2,"op":"cloudformation.execute_change_set","args":{"StackName":"s","ChangeSetName":"c"}},
                {"n":3,"op":"cloudformation.describe_stacks","args":{"StackName":"s"}},
                {"n":4,"op":"stepfunctions.describe_state_machine","args":{"stateMachineArn":"{{3.Stacks[0].Outputs[0].OutputValue}}"}},
                {"n":5,"match":"described","of":4}]}
            """.Replace("DEFINITION", definition, StringComparison.Ordinal));

        Assert.True(result.Passed, result.Failure ?? result.Skip);
    }

    [Fact]
    public void StackWithAResourceWithoutADouble_IsReported() => Assert.Equal("no double stands for AWS::ECS::Cluster", Run("""
        {"id":"a::stack","kind":"api","type":"STANDARD","expected":{},"steps":[
            {"n":1,"op":"cloudformation.create_stack","args":{"StackName":"s","TemplateBody":"{\"Resources\":{\"C\":{\"Type\":\"AWS::ECS::Cluster\"}}}"}}]}
        """).Skip);

    /// <summary>Each machine writes to its own log group: who waits for one does not take the other's end for it.</summary>
    [Fact]
    public void LogsOfSeveralGroups_AreSeparated()
    {
        CaseResult result = Run("""
            {"id":"a::groups","kind":"api","type":"EXPRESS","expected":{},"steps":[
                {"n":1,"op":"logs.create_log_group","args":{"logGroupName":"/g/one"}},
                {"n":2,"op":"logs.create_log_group","args":{"logGroupName":"/g/two"}},
                {"n":3,"op":"stepfunctions.create_state_machine","args":{"name":"one","type":"EXPRESS","roleArn":"arn:aws:iam::111111111111:role/r","definition":"{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}",
                    "loggingConfiguration":{"level":"ALL","destinations":[{"cloudWatchLogsLogGroup":{"logGroupArn":"arn:aws:logs:us-east-1:111111111111:log-group:/g/one:*"}}]}}},
                {"n":4,"op":"stepfunctions.create_state_machine","args":{"name":"two","type":"EXPRESS","roleArn":"arn:aws:iam::111111111111:role/r","definition":"{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}}}",
                    "loggingConfiguration":{"level":"ALL","destinations":[{"cloudWatchLogsLogGroup":{"logGroupArn":"arn:aws:logs:us-east-1:111111111111:log-group:/g/two:*"}}]}}},
                {"n":5,"op":"stepfunctions.start_execution","args":{"stateMachineArn":"{{3.stateMachineArn}}"}},
                {"n":6,"op":"stepfunctions.start_execution","args":{"stateMachineArn":"{{4.stateMachineArn}}"}},
                {"n":7,"await":"on_execution_logs","args":{"log_group_name":"/g/one"}},
                {"n":8,"await":"on_execution_logs","args":{"log_group_name":"/g/two"}},
                {"n":9,"match":"last","of":[8,"events[-1].type"]}]}
            """.Replace("\"expected\":{}", "\"expected\":{\"last\":\"ExecutionSucceeded\"}", StringComparison.Ordinal));

        Assert.True(result.Passed, result.Failure ?? result.Skip);
    }

    private static string Record(string id, string previous, string type, string details) =>
        $"{{\"id\":\"{id}\",\"previous_event_id\":\"{previous}\",\"type\":\"{type}\",\"details\":{details},\"event_timestamp\":\"timestamp\",\"redrive_count\":\"0\"," +
        "\"execution_arn\":\"arn:<partition>:states:<region>:111111111111:execution:m:<ExecArnPart_0idx>\"}";

    private static CaseResult Run(string aslCase)
    {
        using var corpus = new TemporaryFolder();
        corpus.File(Path.Combine("asl", "a", "case.json"), aslCase);
        return Assert.Single(AslSuite.Run(corpus.Path));
    }
}
