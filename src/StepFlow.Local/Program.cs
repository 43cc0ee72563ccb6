using StepFlow.Local.Commands;

return await StepFlowCommandLine.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
