using StepFlow.Local.Commands;

return await StepFlowCommandLine.RunAsync(args, System.Console.Out, System.Console.Error, CancellationToken.None);
