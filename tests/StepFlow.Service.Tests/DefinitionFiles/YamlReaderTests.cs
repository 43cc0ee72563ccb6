using StepFlow.Language.Definition;
using StepFlow.Service.DefinitionFiles;

namespace StepFlow.Service.Tests.DefinitionFiles;

public sealed class YamlReaderTests
{
    [Theory]
    [InlineData("a: 1", """{"a":1}""")]
    [InlineData("a: '1'", """{"a":"1"}""")]
    [InlineData("a: 012", """{"a":12}""")]
    [InlineData("a: +7", """{"a":7}""")]
    [InlineData("a: -0.50", """{"a":-0.50}""")]
    [InlineData("a: .5", """{"a":0.5}""")]
    [InlineData("a: 3.", """{"a":3}""")]
    [InlineData("a: 1e3", """{"a":1e3}""")]
    [InlineData("a: 0x1F", """{"a":31}""")]
    [InlineData("a: 0o17", """{"a":15}""")]
    [InlineData("a: 99999999999999999999", """{"a":99999999999999999999}""")]
    [InlineData("a: ~", """{"a":null}""")]
    [InlineData("a:", """{"a":null}""")]
    [InlineData("a: true", """{"a":true}""")]
    [InlineData("a: yes", """{"a":"yes"}""")]
    [InlineData("on: 2026-11-28", """{"on":"2026-11-28"}""")]
    [InlineData("404: x", """{"404":"x"}""")]
    [InlineData("a: !!str 12", """{"a":"12"}""")]
    [InlineData("a: [1, {b: c}]", """{"a":[1,{"b":"c"}]}""")]
    [InlineData("a: |\n  x\n  y\n", """{"a":"x\ny\n"}""")]
    [InlineData("a: >-\n  x\n  y\n", """{"a":"x y"}""")]
    [InlineData("a: &x {b: 1}\nc: *x", """{"a":{"b":1},"c":{"b":1}}""")]
    [InlineData("a: &x {b: 1, d: 2}\nc:\n  <<: *x\n  b: 3", """{"a":{"b":1,"d":2},"c":{"b":3,"d":2}}""")]
    [InlineData("# only a remark\na: \"\\u00e4\"", """{"a":"ä"}""")]
    public void Read_Yaml_IsTheJson(string yaml, string json) => Assert.Equal(json, YamlReader.Read(yaml).Value.ToString());

    [Theory]
    [InlineData("a: 1\na: 2", 2, 1, "The name a is used twice.")]
    [InlineData("x:\n  a: .inf", 2, 6, "JSON cannot represent the number .inf.")]
    [InlineData("x:\n  a: !Ref b", 2, 6, "The tag !Ref is not supported.")]
    [InlineData("a: *b", 1, 4, "There is no anchor &b before this alias.")]
    [InlineData("a: 1\n---\nb: 2", 2, 1, "The file has a second document. Only one is allowed.")]
    [InlineData("[a]: 1", 1, 1, "The name of a member must be a text.")]
    public void Read_ValueWithoutAJsonForm_NamesTheLocation(string yaml, int line, int column, string reason)
    {
        YamlFormatException e = Assert.Throws<YamlFormatException>(() => YamlReader.Read(yaml));
        Assert.Equal((reason, new SourcePosition(line, column)), (e.Reason, e.Position));
    }

    [Theory]
    [InlineData("a: [1")]
    [InlineData("a: b: c")]
    [InlineData("a: !!]]")]
    [InlineData("- !!!![ a")]
    [InlineData("")]
    public void Read_WhatIsNotYaml_IsOneKindOfFailure(string yaml) => Assert.Throws<YamlFormatException>(() => YamlReader.Read(yaml));

    [Fact]
    public void Read_AnchorsThatMultiply_AreRefused()
    {
        string yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + string.Concat(Enumerable.Range(1, 8).Select(static i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        Assert.Contains("more than 1,000,000 values", Assert.Throws<YamlFormatException>(() => YamlReader.Read(yaml)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NestedTooDeep_IsRefused() =>
        Assert.Contains("deeper than 1000", Assert.Throws<YamlFormatException>(() => YamlReader.Read(new string('[', 1001) + new string(']', 1001))).Reason, StringComparison.Ordinal);

    [Fact]
    public void Positions_AreThoseOfTheFile()
    {
        SourceMap positions = YamlReader.Read("States:\n  Pick one:\n    Choices:\n      - Next: B\n      - Next: C\n").Positions;
        Assert.Equal(
            [new(1, 1), new(2, 3), new(5, 9), new(3, 5)],
            new[] { "/", "/States/Pick one", "/States/Pick one/Choices[1]/Next", "/States/Pick one/Choices[7]" }.Select(positions.Find));
    }
}
