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
    public void CalledMachineThatIsNotRecorded_EndsAsItsRecordedDescriptionSays()
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
    public void CallOfAServiceThatNothingStandsFor_IsSaidWhereTheCaseDiffers()
    {
        CaseResult result = Run("""
            {"id":"a::other","kind":"api","type":"STANDARD","expected":{"described":{"ResponseMetadata":{"HTTPStatusCode":200}}},"steps":[
                {"n":1,"op":"cloudformation.create_stack","args":{"StackName":"s"}},
                {"n":2,"op":"stepfunctions.describe_state_machine","args":{"stateMachineArn":"arn:aws:states:us-east-1:111111111111:stateMachine:of-the-stack"}},
                {"n":3,"match":"described","of":2}]}
            """);

        Assert.Equal("no double stands for cloudformation.create_stack", result.Skip);
    }

    private static string Record(string id, string previous, string type, string details) =>
        $"{{\"id\":\"{id}\",\"previous_event_id\":\"{previous}\",\"type\":\"{type}\",\"details\":{details},\"event_timestamp\":\"timestamp\",\"redrive_count\":\"0\"," +
        "\"execution_arn\":\"arn:<partition>:states:<region>:111111111111:execution:m:<ExecArnPart_0idx>\"}";

    private static CaseResult Run(string aslCase)
    {
        string corpus = Directory.CreateTempSubdirectory("stepflow-runner-").FullName;
        try
        {
            string folder = Path.Combine(corpus, "asl", "a");
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "case.json"), aslCase);
            return Assert.Single(AslSuite.Run(corpus));
        }
        finally
        {
            Directory.Delete(corpus, recursive: true);
        }
    }
}
