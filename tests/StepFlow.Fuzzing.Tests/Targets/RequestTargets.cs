using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.Ports;
using StepFlow.Runtime.Problems;
using StepFlow.Service;
using StepFlow.Service.Access;
using StepFlow.Service.Arns;
using StepFlow.Service.Errors;
using StepFlow.Testing;

namespace StepFlow.Fuzzing.Tests.Targets;

/// <summary>What comes over HTTP.</summary>
internal static class RequestTargets
{
    private static readonly SignatureVerifier Verifier = new(new([new() { Id = "AKID", Secret = "secret-secret-secret" }]), TimeProvider.System);

    private static readonly Lazy<RequestDelegate> Pipeline = new(CreatePipeline);

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        FuzzTarget.OfText(
            "signature",
            static text => Verifier.Verify(new("POST", "/a%20b", text, name => name == "x-amz-date" ? "20240101T000000Z" : text, Encoding.UTF8.GetBytes(text))),
            "AWS4-HMAC-SHA256 Credential=AKID/20240101/us-east-1/states/aws4_request, SignedHeaders=host;x-amz-date, Signature=0123"),
        FuzzTarget.OfText("arn", static text => FuzzTarget.MayRefuse<ApiException>(() => MachineArn.Read(Arn.Parse(text))), "arn:aws:states:us-east-1:123456789012:stateMachine:m:1", "arn:aws:states:us-east-1:123456789012:mapRun:m/l:0-1"),
        new(
            "http",
            Http,
            [
                "POST / CreateStateMachine\n{\"name\":\"m\",\"definition\":\"{\\\"StartAt\\\":\\\"A\\\",\\\"States\\\":{\\\"A\\\":{\\\"Type\\\":\\\"Pass\\\",\\\"End\\\":true}}}\",\"roleArn\":\"arn:aws:iam::123456789012:role/r\"}",
                "POST / StartExecution\n{\"stateMachineArn\":\"arn:aws:states:us-east-1:123456789012:stateMachine:m\",\"input\":\"{}\"}",
                "POST / TestState\n{\"definition\":\"{\\\"Type\\\":\\\"Pass\\\",\\\"End\\\":true}\",\"input\":\"{}\"}",
                "GET /api/statemachines/m/executions?statusFilter=RUNNING&maxResults=1 -\n",
                "POST /api/statemachines -\n{\"name\":\"m\",\"definition\":{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"End\":true}}}}",
            ]),
    ];

    /// <summary>Sends a request: the first line is the method, the target and the operation (<c>-</c> for REST), the rest the body.</summary>
    private static void Http(byte[] input)
    {
        int end = Array.IndexOf(input, (byte)'\n');
        string[] line = Encoding.Latin1.GetString(end < 0 ? input : input[..end]).Split(' ');
        if (line.Length != 3 || !line[1].StartsWith('/') || line[0].Length == 0)
        {
            return;
        }

        string[] target = line[1].Split('?', 2);
        var context = new DefaultHttpContext();
        context.Request.Method = line[0];
        context.Request.Path = new PathString(Uri.UnescapeDataString(target[0]));
        context.Request.QueryString = new QueryString(target.Length > 1 ? "?" + target[1] : string.Empty);
        context.Request.ContentType = line[2] == "-" ? "application/json" : "application/x-amz-json-1.0";
        context.Request.Headers["X-Amz-Target"] = "AWSStepFunctions." + line[2];
        context.Request.Body = new MemoryStream(end < 0 ? [] : input[(end + 1)..], writable: false);
        context.Response.Body = new MemoryStream();
        using var gone = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        context.RequestAborted = gone.Token;
        FuzzTarget.MayRefuse<OperationCanceledException>(() => Pipeline.Value(context).GetAwaiter().GetResult());
        if (context.Response.StatusCode == StatusCodes.Status500InternalServerError)
        {
            throw new InvalidOperationException($"{line[0]} {line[1]} has the response 500.");
        }
    }

    private static RequestDelegate CreatePipeline()
    {
        var runner = new InMemoryHost(new() { Tasks = new NoTasks() });
        StepFunctionsService service = new ServiceCollection()
            .AddSingleton<IExecutionHost>(runner)
            .AddSingleton(runner.Runner)
            .AddSingleton<IExecutionProblems, NoProblems>()
            .AddSingleton<IDocumentStore, InMemoryDocumentStore>()
            .AddSingleton<IActivityQueue>(new InMemoryActivityQueue(TimeProvider.System))
            .AddStepFunctionsService()
            .BuildServiceProvider()
            .GetRequiredService<StepFunctionsService>();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddRouting();
        services.AddSingleton(_ => new DiagnosticListener("Microsoft.AspNetCore"));
        var app = new ApplicationBuilder(services.BuildServiceProvider());
        app.UseRouting();
        app.UseEndpoints(endpoints => endpoints.MapStepFunctions(service, AccessKeys.None));
        return app.Build();
    }

    private sealed class NoTasks : ITaskRunner
    {
        public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken) => Task.FromResult<TaskOutcome>(new TaskCompleted(call.Arguments));
    }
}
