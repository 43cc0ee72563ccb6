using System.Text.Json;
using StepFlow.Functions.TaskHub;

// One instance of the app on a task hub, until it is killed or its standard input ends.
InstanceSettings settings = JsonSerializer.Deserialize<InstanceSettings>(args[0])
    ?? throw new ArgumentException("The first argument must be the settings as JSON.", nameof(args));
await using HubInstance instance = await HubInstance.StartAsync(
    new() { ConnectionString = settings.ConnectionString, Name = settings.Hub, WorkerId = settings.WorkerId, Visibility = settings.Visibility },
    new() { ConnectionString = settings.ConnectionString, Prefix = settings.Prefix, Tasks = new LoggedTasks(settings.CallLog) });
Console.WriteLine("ready");
await Console.In.ReadToEndAsync();
