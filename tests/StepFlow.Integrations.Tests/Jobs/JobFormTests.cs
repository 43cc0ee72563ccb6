using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Jobs;

/// <summary>How the services that start jobs take arguments and give results.</summary>
public sealed class JobFormTests : IDisposable
{
    private const string Script = """echo "[$*] $COLOUR"; exit ${CODE:-0}""";

    private readonly JobScripts _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [Theory]
    [InlineData("batch:submitJob.sync", """{"JobName":"n","JobDefinition":"encode:2","JobQueue":"q"}""", "Status", "SUCCEEDED")]
    [InlineData("glue:startJobRun.sync", """{"JobName":"encode"}""", "JobRunState", "SUCCEEDED")]
    [InlineData("codebuild:startBuild.sync", """{"ProjectName":"encode"}""", "Build.BuildStatus", "SUCCEEDED")]
    [InlineData("mediaconvert:createJob.sync", """{"JobTemplate":"encode","Role":"r","Settings":{}}""", "Job.Status", "COMPLETE")]
    [InlineData("azure:containerapps:startJob.sync", """{"Job":"encode"}""", "Status", "Succeeded")]
    [InlineData("batch:submitJob", """{"JobName":"n","JobDefinition":"encode"}""", "JobName", "n")]
    [InlineData("codebuild:startBuild", """{"ProjectName":"encode"}""", "Build.BuildStatus", "IN_PROGRESS")]
    [InlineData("aws-sdk:batch:submitJob", """{"JobName":"n","JobDefinition":"encode"}""", "JobName", "n")]
    [InlineData("azure:containerapps:startJob", """{"Job":"encode"}""", "Status", "Running")]
    public async Task Job_OfAService_RespondsAsTheServiceDoes(string resource, string arguments, string path, string expected)
    {
        await using TestIntegrations integrations = _workshop.With("encode", Script);

        JsonObject result = await integrations.CompleteAsync(resource, arguments);

        Assert.Equal(expected, At(result, path));
    }

    [Theory]
    [InlineData("batch:submitJob.sync", """{"JobName":"n","JobDefinition":"encode","Parameters":{"in":"a"},"ContainerOverrides":{"Environment":[{"Name":"COLOUR","Value":"green"},{"Name":"CODE","Value":"4"}]}}""", "States.TaskFailed", "Container.Reason", "[] green")]
    [InlineData("glue:startJobRun.sync", """{"JobName":"encode","Arguments":{"--in":"a b"}}""", "States.TaskFailed", "ErrorMessage", "The program exited with code 5: [a b] blue")]
    [InlineData("codebuild:startBuild.sync", """{"ProjectName":"encode","EnvironmentVariablesOverride":[{"Name":"COLOUR","Value":"green","Type":"PLAINTEXT"}]}""", "States.TaskFailed", "Build.BuildStatus", "FAILED")]
    [InlineData("mediaconvert:createJob.sync", """{"Queue":"arn:aws:mediaconvert:us-east-1:1:queues/encode","Role":"r","Settings":{}}""", "States.TaskFailed", "Job.ErrorMessage", "The program exited with code 5: [] blue")]
    [InlineData("azure:containerapps:startJob.sync", """{"Job":"encode","Environment":{"COLOUR":"green"}}""", "ContainerApps.JobFailed", "Message", "The program exited with code 5: [] green")]
    public async Task Job_ThatFails_ShowsItInTheServicesForm(string resource, string arguments, string error, string path, string expected)
    {
        await using TestIntegrations integrations = _workshop.With("encode", Script, null, ("Jobs:encode:Environment:CODE", "5"), ("Jobs:encode:Environment:COLOUR", "blue"));

        TaskRejected rejected = await integrations.RejectAsync(resource, arguments);

        Assert.Equal(error, rejected.Error);
        Assert.Equal(expected, At((JsonObject)JsonValue.Parse(rejected.Cause!), path));
    }

    [Fact]
    public async Task BatchParameters_ReplaceReferencesInTheArguments()
    {
        await using TestIntegrations integrations = _workshop.With("encode", Script, null, ("Jobs:encode:Arguments:2", "sh"), ("Jobs:encode:Arguments:3", "--in=Ref::in"), ("Jobs:encode:Environment:CODE", "1"));

        TaskRejected rejected = await integrations.RejectAsync("batch:submitJob.sync", """{"JobName":"n","JobDefinition":"encode","Parameters":{"in":"a"}}""");

        Assert.Equal("[--in=a]", At((JsonObject)JsonValue.Parse(rejected.Cause!), "Container.Reason"));
    }

    [Theory]
    [InlineData("ecs:runTask.sync", """{"TaskDefinition":"gone"}""", "ECS.ClientException", "TaskDefinition not found: gone.")]
    [InlineData("batch:submitJob", """{"JobName":"n","JobDefinition":"gone"}""", "Batch.ClientException", "JobDefinition gone does not exist.")]
    [InlineData("glue:startJobRun", """{"JobName":"gone"}""", "Glue.EntityNotFoundException", "missing metadata: job gone.")]
    [InlineData("codebuild:startBuild", """{"ProjectName":"gone"}""", "CodeBuild.ResourceNotFoundException", "Project cannot be found: gone")]
    [InlineData("mediaconvert:createJob", "{}", "MediaConvert.NotFoundException", "mediaconvert")]
    [InlineData("azure:containerapps:startJob", """{"Job":"gone"}""", "ContainerApps.JobNotFound", "The job 'gone' is not known")]
    public async Task UnknownJob_NamesTheSettingToAdd(string resource, string arguments, string error, string cause)
    {
        await using TestIntegrations integrations = _workshop.With("encode", Script);

        TaskRejected rejected = await integrations.RejectAsync(resource, arguments);

        Assert.Equal(error, rejected.Error);
        Assert.Contains(cause, rejected.Cause, StringComparison.Ordinal);
        Assert.Matches(@"Add the setting 'StepFlow:Jobs:\w+:Command' or 'StepFlow:Jobs:\w+:Image' or 'StepFlow:Jobs:\w+:ContainerAppsJob'\.$", rejected.Cause);
    }

    [Theory]
    [InlineData("ecs:runTask", "{}", "ECS.InvalidParameterException", "The argument 'TaskDefinition' is required.")]
    [InlineData("ecs:runTask", """{"TaskDefinition":"encode","Overrides":{"ContainerOverrides":[{},{}]}}""", "ECS.InvalidParameterException", "one container")]
    [InlineData("batch:submitJob", """{"JobName":"n","JobDefinition":"encode","ArrayProperties":{"Size":3}}""", "Batch.ClientException", "Map state")]
    [InlineData("azure:containerapps:startJob", """{"Job":7}""", "ContainerApps.InvalidArgument", "'Job'")]
    public async Task WrongArguments_AreRefusedInTheServicesForm(string resource, string arguments, string error, string cause)
    {
        await using TestIntegrations integrations = _workshop.With("encode", Script);

        TaskRejected rejected = await integrations.RejectAsync(resource, arguments);

        Assert.Equal(error, rejected.Error);
        Assert.Contains(cause, rejected.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Resources:arn:aws:states:::sagemaker:createTrainingJob:Job", "encode", "sagemaker:createTrainingJob.sync", "{}", "JobName", "encode")]
    [InlineData("Resources:arn:aws:states:::ecs:runTask*:Job", "encode", "ecs:runTask.sync", """{"TaskDefinition":"any"}""", "LastStatus", "STOPPED")]
    [InlineData("Resources:arn:aws:states:::batch:*:Mock:JobId", "fixed", "batch:submitJob", """{"JobDefinition":"any"}""", "JobId", "fixed")]
    [InlineData("Resources:arn:aws:states:::*:submitJob:Job", "{service}", "encode:submitJob.sync", "{}", "Status", "SUCCEEDED")]
    public async Task MapOfResources_GivesAJobToWhatHasNone(string setting, string value, string resource, string arguments, string path, string expected)
    {
        await using TestIntegrations integrations = _workshop.With("encode", Script, null, (setting, value));

        Assert.Equal(expected, At(await integrations.CompleteAsync(resource, arguments), path));
    }

    private static JsonValue? At(JsonObject value, string path) =>
        path.Split('.').Aggregate((JsonValue?)value, static (found, name) => (found as JsonObject)?[name]);
}
