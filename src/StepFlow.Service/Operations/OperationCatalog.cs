using Microsoft.Extensions.Logging;
using StepFlow.Runtime.Express;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Mocks;
using StepFlow.Runtime.Problems;
using StepFlow.Service.Activities;
using StepFlow.Service.Arns;
using StepFlow.Service.Definitions;
using StepFlow.Service.Executions;
using StepFlow.Service.Pages;
using StepFlow.Service.Payloads;
using StepFlow.Service.StateMachines;
using StepFlow.Service.StateTests;
using StepFlow.Service.Tags;
using StepFlow.Service.TaskTokens;

namespace StepFlow.Service.Operations;

/// <summary>All operations, put together.</summary>
internal static class OperationCatalog
{
    /// <summary>The operations of a service.</summary>
    public static IEnumerable<IOperation> Create(ServiceParts parts, MockConfiguration? mocks)
    {
        ServiceOptions options = parts.Options;
        TimeProvider time = parts.Time;
        var arns = new ArnFormat(options.Region, options.Account);
        var tokens = new PageTokens(new(parts.Documents));
        var pages = new DocumentPages(tokens);
        var machines = new MachineCatalog(parts.Documents, parts.Host, arns);
        var activities = new ActivityCatalog(parts.Documents, arns);
        var tags = new TaggedResources(machines, activities);
        var publisher = new VersionPublisher(machines, arns, options, time);
        var definitions = new DefinitionChecker(options);
        var payloads = new PayloadText(options);
        var routing = new AliasRouting(machines);
        var taskTokens = new TaskTokenSignals(parts.Host);
        IMapRuns mapRuns = parts.MapRuns ?? new MapRunDirectory(parts.Documents, time);
        var finder = new ExecutionFinder(parts.Host);
        var redrive = new RedriveRules(options, time);
        IExecutionProblems problems = parts.Problems ?? new NoProblems();
        var express = new ExpressExecutions(parts.Express);
        var starter = new ExecutionStarter(new(machines, mocks), parts.Host, express, parts.ExpressStarts ?? express, payloads, arns, options, time);

        return
        [
            new CreateActivity(activities, arns, time),
            new DeleteActivity(activities),
            new DescribeActivity(activities),
            new ListActivities(activities, pages),
            new GetActivityTask(activities, new ActivityPoll(parts.Activities, parts.Host, options, time)),

            new CreateStateMachine(machines, publisher, definitions, arns, time),
            new UpdateStateMachine(machines, publisher, definitions, time),
            new DeleteStateMachine(machines, new MachineRemover(machines, parts.Host, time)),
            new DescribeStateMachine(machines),
            new ListStateMachines(machines, pages),
            new ValidateStateMachineDefinition(definitions),
            new CheckDefinition(definitions),
            new ListIntegrations(options),
            new TestState(new StateTester(parts.Express.Tasks, time, parts.Loggers.CreateLogger<StateTester>()), definitions, payloads, arns, options, time),

            new PublishStateMachineVersion(machines, publisher),
            new ListStateMachineVersions(machines, pages),
            new DeleteStateMachineVersion(machines),
            new CreateStateMachineAlias(machines, routing, arns, options, time),
            new UpdateStateMachineAlias(machines, routing, time),
            new DescribeStateMachineAlias(machines),
            new ListStateMachineAliases(machines, pages),
            new DeleteStateMachineAlias(machines),

            new StartExecution(starter),
            new StartSyncExecution(starter),
            new DescribeExecution(finder, redrive, problems),
            new DescribeStateMachineForExecution(finder),
            new ListExecutions(new ExecutionLister(machines, parts.Host, tokens)),
            new GetExecutionHistory(finder, new HistoryPages(parts.Host, tokens)),
            new StopExecution(finder, parts.Host, express, time),
            new RedriveExecution(finder, new ExecutionRedriver(parts.Host, parts.Documents, redrive, time)),
            new RetryExecution(finder, problems),
            new ListExecutionProblems(problems),

            new DescribeMapRun(mapRuns),
            new ListMapRuns(finder, mapRuns, pages),
            new UpdateMapRun(mapRuns),

            new SendTaskSuccess(taskTokens, payloads, time),
            new SendTaskFailure(taskTokens, time),
            new SendTaskHeartbeat(taskTokens, time),

            new TagResource(tags),
            new UntagResource(tags),
            new ListTagsForResource(tags),
        ];
    }
}
