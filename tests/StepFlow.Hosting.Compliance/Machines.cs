namespace StepFlow.Hosting.Compliance;

/// <summary>Definitions that the suite runs.</summary>
public static class Machines
{
    public const string Pass = """{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"x":1},"End":true}}}""";

    /// <summary>A state whose expression calls itself without an end.</summary>
    public const string Endless =
        """{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% ($f := function($x){ $f($x+1) }; $f(1)) %}","End":true}}}""";

    public const string Fail = """{"StartAt":"A","States":{"A":{"Type":"Fail","Error":"Broken","Cause":"By design."}}}""";

    public static string Wait(int seconds) =>
        $$"""{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":{{seconds}},"End":true} } }""";

    public static string Task(string function, string more = "") =>
        $$"""{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"{{Requests.Function(function)}}"{{more}},"End":true} } }""";

    public static string Retry(int attempts) =>
        Task("work", $$""","Retry":[{"ErrorEquals":["States.ALL"],"IntervalSeconds":10,"MaxAttempts":{{attempts}},"BackoffRate":2}]""");

    public static string Catch { get; } = $$"""
        {"StartAt":"T","States":{
          "T":{"Type":"Task","Resource":"{{Requests.Function("work")}}","Catch":[{"ErrorEquals":["Bad"],"Next":"Caught"}],"End":true},
          "Caught":{"Type":"Pass","End":true} } }
        """;

    public static string Parallel { get; } = $$"""
        {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
          {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"{{Requests.Function("a")}}","End":true} } },
          {"StartAt":"B","States":{"B":{"Type":"Task","Resource":"{{Requests.Function("b")}}","End":true} } }]} } }
        """;

    /// <summary>Every type of state, a retry, a catch, variables, a wait, branches and iterations; one way through it.</summary>
    public static string NearlyEverything { get; } = $$"""
        {"StartAt":"Retried","States":{
          "Retried":{"Type":"Task","Resource":"{{Requests.Function("flaky")}}","ResultPath":"$.retried","Assign":{"seen.$":"$.attempts"},
            "Retry":[{"ErrorEquals":["Busy"],"IntervalSeconds":1,"MaxAttempts":3}],"Next":"Caught"},
          "Caught":{"Type":"Task","Resource":"{{Requests.Function("broken")}}",
            "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.caught","Next":"Kind"}],"End":true},
          "Kind":{"Type":"Choice","Choices":[{"Variable":"$.kind","StringEquals":"long","Next":"Pause"}],"Default":"Failed"},
          "Pause":{"Type":"Wait","Seconds":2,"Next":"Branches"},
          "Branches":{"Type":"Parallel","ResultPath":"$.branches","Next":"Items","Branches":[
            {"StartAt":"Left","States":{"Left":{"Type":"Pass","Result":"left","End":true} } },
            {"StartAt":"Right","States":{"Right":{"Type":"Pass","Parameters":{"n.$":"$seen"},"Next":"RightEnd"},"RightEnd":{"Type":"Succeed"} } }]},
          "Items":{"Type":"Map","ItemsPath":"$.items","MaxConcurrency":1,"ResultPath":"$.done","Next":"Failed","ItemProcessor":{
            "StartAt":"Item","States":{"Item":{"Type":"Task","Resource":"{{Requests.Function("item")}}","End":true} } } },
          "Failed":{"Type":"Fail","Error":"Ended","CausePath":"$.kind"} } }
        """;

    public static string Map { get; } = $$"""
        {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":2,"End":true,"ItemProcessor":{
          "StartAt":"I","States":{"I":{"Type":"Task","Resource":"{{Requests.Function("item")}}","End":true} } } } } }
        """;

    public static string DistributedMap { get; } = $$"""
        {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":2,"Label":"Items","End":true,"ItemProcessor":{
          "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
          "StartAt":"I","States":{"I":{"Type":"Task","Resource":"{{Requests.Function("item")}}","End":true} } } } } }
        """;

    public static string Token(string more = "") => $$"""
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
          "Parameters":{"QueueUrl":"q","MessageBody":{"token.$":"$$.Task.Token"} }{{more}},"End":true} } }
        """;

    public static string Sequence(int tasks)
    {
        IEnumerable<string> states = Enumerable.Range(1, tasks).Select(number => $$"""
            "S{{number}}":{"Type":"Task","Resource":"{{Requests.Function("step")}}",{{(number == tasks ? "\"End\":true" : $"\"Next\":\"S{number + 1}\"")}} }
            """);
        return $$"""{"StartAt":"S1","States":{ {{string.Join(',', states)}} } }""";
    }
}
