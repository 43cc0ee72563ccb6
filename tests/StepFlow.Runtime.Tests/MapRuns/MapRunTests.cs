using System.Text;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Tests.InMemory;
using StepFlow.Testing;

namespace StepFlow.Runtime.Tests.MapRuns;

/// <summary>Distributed Maps from their items to their results, with children in memory.</summary>
public sealed partial class MapRunTests
{
    private const string Worker = "'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},'StartAt':'T','States':{'T':{'Type':'Task','Resource':'arn:aws:lambda:us-east-1:123456789012:function:work','End':true}}}";

    private readonly MemoryObjects _objects = new();
    private readonly VirtualClock _clock = new(Runs.Start);
    private readonly List<TaskCall> _calls = [];
    private Func<TaskCall, TaskOutcome> _work = call => new TaskCompleted(call.Arguments);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("[1,2,3]", "[1,2,3]")]
    [InlineData("[]", "[]")]
    [InlineData("{'a':1,'b':2}", "[{'Key':'a','Value':1},{'Key':'b','Value':2}]")]
    public async Task Run_ItemsOfTheInput_GivesResultsInItemOrder(string items, string expected)
    {
        InMemoryExecution ended = await RunAsync(string.Empty, items);
        Assert.Equal(expected.Replace('\'', '"'), ended.Output!.ToString());
    }

    [Fact]
    public async Task Run_ItemSelector_SeesItemAndInput()
    {
        InMemoryExecution ended = await RunAsync("'ItemSelector':{'i.$':'$$.Map.Item.Index','v.$':'$$.Map.Item.Value','all.$':'$'}", "[7]");
        Assert.Equal(JsonValue.Parse("""[{"i":0,"v":7,"all":[7]}]"""), ended.Output);
    }

    [Fact]
    public async Task Run_Children_AreExecutionsOfTheirOwn()
    {
        InMemoryExecution ended = await RunAsync("'Label':'Lab'", "[1,2]");
        Assert.All(_calls, call =>
        {
            Assert.StartsWith("arn:aws:states:us-east-1:123456789012:execution:Test/Lab:", call.ExecutionArn, StringComparison.Ordinal);
            Assert.Equal("arn:aws:states:us-east-1:123456789012:stateMachine:Test/Lab", call.StateMachineArn);
        });
        string run = ended.History.Select(item => item.Details).OfType<MapRunStartedDetails>().Single().MapRunArn;
        Assert.All(_calls, call => Assert.Equal(MapRunNames.ChildArn(run, call.Arguments.ToString() == "1" ? 0 : 1, isExpress: false), call.ExecutionArn));
    }

    [Fact]
    public async Task Run_MaxConcurrency_IsRespected()
    {
        int running = 0;
        int most = 0;
        var runner = new InMemoryRunner(new()
        {
            Tasks = new DelegateTasks(async (call, token) =>
            {
                most = Math.Max(most, ++running);
                await Task.Delay(TimeSpan.FromMinutes(1), _clock, token);
                running--;
                return new TaskCompleted(call.Arguments);
            }),
            Clock = _clock,
            TasksUseClock = true,
        });
        InMemoryExecution ended = await runner.RunAsync(Machine("'MaxConcurrency':3"), Runs.Of("a", JsonValue.Parse("[1,2,3,4,5,6,7]")), null, Cancelled);
        Assert.Equal((ExecutionStatus.Succeeded, 3), (ended.Status, most));
        Assert.Equal(Runs.Start.AddMinutes(3), ended.StopTime);
    }

    [Theory]
    [InlineData("", 0, true)]
    [InlineData("", 1, false)]
    [InlineData("'ToleratedFailureCount':2", 2, true)]
    [InlineData("'ToleratedFailureCount':2", 3, false)]
    [InlineData("'ToleratedFailurePercentage':30", 3, true)]
    [InlineData("'ToleratedFailurePercentage':30", 4, false)]
    [InlineData("'ToleratedFailureCount':5,'ToleratedFailurePercentage':10", 2, false)]
    public async Task Run_FailedItems_AreTolerated(string fields, int failures, bool succeeds)
    {
        _work = call => ((JsonNumber)call.Arguments).ToDouble() <= failures ? new TaskRejected("Bad", "Reason.") : new TaskCompleted(call.Arguments);
        InMemoryExecution ended = await RunAsync(fields, "[1,2,3,4,5,6,7,8,9,10]");
        Assert.Equal(succeeds ? ExecutionStatus.Succeeded : ExecutionStatus.Failed, ended.Status);
        if (!succeeds)
        {
            Assert.Equal((ErrorNames.ExceedToleratedFailureThreshold, MapRunErrors.ThresholdExceeded), (ended.Error!.Name, ended.Error.Cause));
            Assert.Contains(ended.History, item => item.Type == HistoryEventType.MapRunFailed);
        }
    }

    [Fact]
    public async Task Run_TooManyFailures_StartsNoFurtherChildren()
    {
        _work = _ => new TaskRejected("Bad", null);
        await RunAsync("'MaxConcurrency':1", "[1,2,3]");
        Assert.Single(_calls);
    }

    [Fact]
    public async Task Run_Batches_GroupByCountAndBytes()
    {
        InMemoryExecution counted = await RunAsync("'ItemBatcher':{'MaxItemsPerBatch':2,'BatchInput':{'x':1}}", "[1,2,3]");
        InMemoryExecution sized = await RunAsync("'ItemBatcher':{'MaxInputBytesPerBatch':16}", "[11111,22222,3]");
        Assert.Equal("""[{"BatchInput":{"x":1},"Items":[1,2]},{"BatchInput":{"x":1},"Items":[3]}]""", counted.Output!.ToString());
        Assert.Equal("""[{"Items":[11111]},{"Items":[22222]},{"Items":[3]}]""", sized.Output!.ToString());
    }

    [Theory]
    [InlineData("'Transformation':'COMPACT','OutputType':'JSON'", "SUCCEEDED_0.json", "[[1,2],[3]]")]
    [InlineData("'Transformation':'FLATTEN','OutputType':'JSON'", "SUCCEEDED_0.json", "[1,2,3]")]
    [InlineData("'Transformation':'FLATTEN','OutputType':'JSONL'", "SUCCEEDED_0.jsonl", "1\n2\n3\n")]
    public async Task Run_WriterConfig_ShapesTheResults(string config, string file, string content)
    {
        InMemoryExecution ended = await RunAsync(Writer.TrimEnd('}') + "},'WriterConfig':{" + config + "}}", "[[1,2],[3]]");
        string run = ((JsonString)((JsonObject)ended.Output!)["MapRunArn"]!).Value.Split(':')[^1];
        Assert.Equal(content, Text($"out/{run}/{file}"));
    }

    /// <summary>Without a Resource the results are not written: they are shaped, and are the state's result.</summary>
    [Theory]
    [InlineData("FLATTEN", "[1,2,3]")]
    [InlineData("COMPACT", "[[1,2],[3]]")]
    public async Task Run_WriterConfigWithoutAResource_ShapesTheStatesResult(string transformation, string result)
    {
        InMemoryExecution ended = await RunAsync("'ResultWriter':{'WriterConfig':{'Transformation':'" + transformation + "','OutputType':'JSON'}}", "[[1,2],[3]]");
        Assert.Equal(result, ended.Output?.ToString());
    }

    /// <summary>A child is an execution of its own: the parent's history shows the run, and nothing of what its children do.</summary>
    [Fact]
    public async Task Run_Children_WriteNothingIntoTheParentsHistory()
    {
        InMemoryExecution ended = await RunAsync(string.Empty, "[1,2,3]");
        Assert.Equal(
            [
                HistoryEventType.ExecutionStarted, HistoryEventType.MapStateEntered, HistoryEventType.MapStateStarted, HistoryEventType.MapRunStarted,
                HistoryEventType.MapRunSucceeded, HistoryEventType.MapStateSucceeded, HistoryEventType.MapStateExited, HistoryEventType.ExecutionSucceeded,
            ],
            ended.History.Select(item => item.Type));
    }

    /// <summary>Variables end at a distributed Map: a child does not see those of its parent.</summary>
    [Fact]
    public async Task Run_ChildThatReadsAVariableOfItsParent_Fails()
    {
        InMemoryExecution ended = await RunAsync(
            Runs.Machine("""
                {'StartAt':'A','States':{'A':{'Type':'Pass','Assign':{'x':1},'Next':'M'},
                 'M':{'Type':'Map','ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},
                   'StartAt':'P','States':{'P':{'Type':'Pass','Parameters':{'x.$':'$x'},'End':true}}},'End':true}}}
                """),
            "[1]");
        Assert.Equal(ErrorNames.ExceedToleratedFailureThreshold, ended.Error?.Name);
    }

    [Fact]
    public async Task Run_ResultWriter_WritesFilesByStatusAndAManifest()
    {
        _work = call => ((JsonNumber)call.Arguments).ToDouble() == 2 ? new TaskRejected("Bad", "Reason.") : new TaskCompleted(call.Arguments);
        InMemoryExecution ended = await RunAsync(
            "'Label':'L','ToleratedFailureCount':1,'ResultWriter':{'Resource':'arn:aws:states:::s3:putObject','Parameters':{'Bucket':'out','Prefix':'jobs'}}", "[1,2]");

        var result = (JsonObject)ended.Output!;
        string key = ((JsonString)((JsonObject)result["ResultWriterDetails"]!)["Key"]!).Value;
        string run = ((JsonString)result["MapRunArn"]!).Value.Split(':')[^1];
        Assert.Equal($"jobs/{run}/manifest.json", key);
        Assert.Contains("\"SUCCEEDED_0.json\"", Text($"out/{key}").Replace($"jobs/{run}/", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("\"Status\":\"SUCCEEDED\"", Text($"out/jobs/{run}/SUCCEEDED_0.json"), StringComparison.Ordinal);
        Assert.Contains("\"Error\":\"Bad\"", Text($"out/jobs/{run}/FAILED_0.json"), StringComparison.Ordinal);
        Assert.False(_objects.Files.ContainsKey($"out/jobs/{run}/PENDING_0.json"));
    }

    /// <summary>An execution that fails with only a cause has no error, as in DescribeExecution.</summary>
    [Fact]
    public async Task Run_ResultOfAChildWithOnlyACause_HasNoError()
    {
        InMemoryExecution ended = await RunAsync(
            Runs.Machine("""
                {'StartAt':'M','States':{'M':{'Type':'Map','Label':'L','ToleratedFailureCount':1,
                 'ResultWriter':{'Resource':'arn:aws:states:::s3:putObject','Parameters':{'Bucket':'out','Prefix':'jobs'}},
                 'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},
                   'StartAt':'F','States':{'F':{'Type':'Fail','Cause':'Only this.'}}},'End':true}}}
                """),
            "[1]");

        string run = ((JsonString)((JsonObject)ended.Output!)["MapRunArn"]!).Value.Split(':')[^1];
        string failed = Text($"out/jobs/{run}/FAILED_0.json");
        Assert.Contains("\"Cause\":\"Only this.\"", failed, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Error\"", failed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3:getObject", "'ReaderConfig':{'InputType':'JSON'},")]
    [InlineData("s3:listObjectsV2", "")]
    public async Task Run_ReaderIsRefused_FailsAsItemReaderFailed(string resource, string config)
    {
        _objects.Failures.Enqueue(new ObjectStoreException("No such container."));
        InMemoryExecution ended = await RunAsync("'ItemReader':{'Resource':'arn:aws:states:::" + resource + "'," + config + "'Parameters':{'Bucket':'data','Key':'file'}}", "{}");
        Assert.Equal((ErrorNames.ItemReaderFailed, "No such container."), (ended.Error!.Name, ended.Error.Cause));
    }

    [Theory]
    [InlineData(typeof(ObjectStoreException), 1, "refused")]
    [InlineData(typeof(InvalidOperationException), 1, "The object store failed: refused")]
    [InlineData(typeof(IOException), 9, "The object store failed: refused")]
    public async Task Run_ResultsCannotBeWritten_FailsAsResultWriterFailed(Type failure, int times, string cause)
    {
        for (int i = 0; i < times; i++)
        {
            _objects.Failures.Enqueue(failure == typeof(ObjectStoreException) ? new ObjectStoreException("refused") : (Exception)Activator.CreateInstance(failure, "refused")!);
        }

        InMemoryExecution ended = await RunAsync(Writer, "[1]");
        Assert.Equal((ErrorNames.ResultWriterFailed, cause), (ended.Error!.Name, ended.Error.Cause));
    }

    [Fact]
    public async Task Run_OutagesOfTheStore_AreWaitedOut()
    {
        _objects.Files["data/file"] = Encoding.UTF8.GetBytes("[1,2]");
        for (int i = 0; i < 3; i++)
        {
            _objects.Failures.Enqueue(new IOException("Disk full."));
        }

        InMemoryExecution ended = await RunAsync(Reader("'InputType':'JSON'") + "," + Writer, "{}");
        Assert.Equal((ExecutionStatus.Succeeded, Runs.Start.AddSeconds(7)), (ended.Status, ended.StopTime));
    }

    [Fact]
    public async Task Run_Redriven_RunsFailedChildrenAgainAndKeepsTheOthers()
    {
        bool broken = true;
        _work = call => broken && call.Arguments == 2 ? new TaskRejected("Bad", null) : new TaskCompleted(call.Arguments);
        InMemoryExecution execution = await RunAsync("'MaxConcurrency':1", "[1,2,3]");
        Assert.Equal(ExecutionStatus.Failed, execution.Status);
        broken = false;
        await _clock.RunAsync(async () =>
        {
            await execution.SignalAsync(new Redrive(_clock.GetUtcNow()));
            await execution.Completion;
        });

        Assert.Equal("[1,2,3]", execution.Output!.ToString());
        Assert.Equal(["1", "2", "2", "3"], _calls.Select(call => call.Arguments.ToString()));
    }

    private const string Writer = "'ResultWriter':{'Resource':'arn:aws:states:::s3:putObject','Parameters':{'Bucket':'out'}}";

    private static byte[] Zip(string text)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(zipped, System.IO.Compression.CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return zipped.ToArray();
    }

    private static string Reader(string config) =>
        "'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','ReaderConfig':{" + config + "},'Parameters':{'Bucket':'data','Key':'file'}}";

    private static Language.Compilation.StateMachine Machine(string fields) =>
        Runs.Machine("{'StartAt':'M','States':{'M':{'Type':'Map'," + (fields.Length > 0 ? fields + "," : string.Empty) + Worker + ",'End':true}}}");

    private string Text(string name) => Encoding.UTF8.GetString(_objects.Files[name].Span);

    private Task<InMemoryExecution> RunAsync(string fields, string input) => RunAsync(Machine(fields), input);

    private Task<InMemoryExecution> RunAsync(Language.Compilation.StateMachine machine, string input)
    {
        var runner = new InMemoryRunner(new()
        {
            Tasks = new DelegateTasks(call =>
            {
                lock (_calls)
                {
                    _calls.Add(call);
                }

                return _work(call);
            }),
            Clock = _clock,
            Objects = _objects,
        });
        return runner.RunAsync(machine, Runs.Of("run-" + Guid.NewGuid().ToString("N"), JsonValue.Parse(input.Replace('\'', '"'))), null, Cancelled);
    }
}
