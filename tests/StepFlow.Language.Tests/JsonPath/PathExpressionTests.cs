using StepFlow.Language.Json;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Tests.JsonPath;

public sealed class PathExpressionTests
{
    private const string Store = """
        {"store":{"book":[
            {"category":"reference","author":"Nigel Rees","title":"Sayings of the Century","price":8.95},
            {"category":"fiction","author":"Evelyn Waugh","title":"Sword of Honour","price":12.99},
            {"category":"fiction","author":"Herman Melville","title":"Moby Dick","isbn":"0-553-21311-3","price":8.99},
            {"category":"fiction","author":"J. R. R. Tolkien","title":"The Lord of the Rings","isbn":"0-395-19395-8","price":22.99}],
          "bicycle":{"color":"red","price":19.95}},
         "expensive":10,"a b":1,"x'y":2,"grid":[[1,2],[3,4]],"none":null,"tags":["a","b"],"n":[3,1,2]}
        """;

    [Theory]
    [InlineData("$.expensive", "10")]
    [InlineData("$.store.bicycle.color", "\"red\"")]
    [InlineData("$['store']['bicycle'].price", "19.95")]
    [InlineData("$[\"a b\"]", "1")]
    [InlineData("$['x\\'y']", "2")]
    [InlineData("$.store.book[0].title", "\"Sayings of the Century\"")]
    [InlineData("$.store.book.[0].price", "8.95")]
    [InlineData("$.grid[1][0]", "3")]
    [InlineData("$.none", "null")]
    [InlineData("$.store.book[(@.length-1)].price", "22.99")]
    [InlineData("$.store.bicycle['color','price']", """{"color":"red","price":19.95}""")]
    [InlineData("$.store.bicycle['color','nothing']", """{"color":"red"}""")]
    public void Find_DefinitePath_GivesTheValue(string path, string expected) => Assert.Equal(JsonValue.Parse(expected), Find(path));

    [Theory]
    [InlineData("$.nothing")]
    [InlineData("$.store.nothing.more")]
    [InlineData("$.expensive.more")]
    [InlineData("$.store.book[4]")]
    [InlineData("$.store.book[-1].title")]
    [InlineData("$.n.sum()")]
    [InlineData("$.store.bicycle.keys()")]
    [InlineData("$.store.bicycle['color','price'].x")]
    [InlineData("$.store.book['color','price']")]
    [InlineData("$.store[0]")]
    [InlineData("$.none.more")]
    public void Find_DefinitePathWithoutValue_GivesNothing(string path) => Assert.Null(Find(path));

    [Theory]
    [InlineData("$.store.book[*].price", "[8.95,12.99,8.99,22.99]")]
    [InlineData("$.store.book.*.price", "[8.95,12.99,8.99,22.99]")]
    [InlineData("$.store.book[0,2].price", "[8.95,8.99]")]
    [InlineData("$.store.book[1:3].price", "[12.99,8.99]")]
    [InlineData("$.store.book[:2].price", "[8.95,12.99]")]
    [InlineData("$.store.book[2:].price", "[8.99,22.99]")]
    [InlineData("$.store.book[-2:].price", "[8.99,22.99]")]
    [InlineData("$.store.book[:-3].price", "[8.95]")]
    [InlineData("$.store.book[2:1]", "[]")]
    [InlineData("$.store.book[*].isbn", "[\"0-553-21311-3\",\"0-395-19395-8\"]")]
    [InlineData("$..price", "[8.95,12.99,8.99,22.99,19.95]")]
    [InlineData("$..book[0].price", "[8.95]")]
    [InlineData("$..book[*].isbn", "[\"0-553-21311-3\",\"0-395-19395-8\"]")]
    [InlineData("$.grid[*][*]", "[1,2,3,4]")]
    [InlineData("$.grid..*", "[[1,2],[3,4],1,2,3,4]")]
    [InlineData("$.grid.*", "[[1,2],[3,4]]")]
    [InlineData("$.store.bicycle.*", "[\"red\",19.95]")]
    [InlineData("$.nothing.more[?(@.a)].b", "[]")]
    [InlineData("$.store.book[9:]", "[]")]
    [InlineData("$.store.book[1:-1]", "[]")]
    [InlineData("$.store.book[?(@.price > 100)].price", "[]")]
    [InlineData("$..['category','isbn']", """[{"category":"fiction","isbn":"0-553-21311-3"},{"category":"fiction","isbn":"0-395-19395-8"}]""")]
    [InlineData("$.nothing[*]", "[]")]
    [InlineData("$.nothing.more[1:].name", "[]")]
    [InlineData("$.expensive[*]", "[]")]
    [InlineData("$..nothing", "[]")]
    public void Find_IndefinitePath_GivesAnArray(string path, string expected) => Assert.Equal(JsonValue.Parse(expected), Find(path));

    [Theory]
    [InlineData("$.store.book[?(@.price < 10)].title", """["Sayings of the Century","Moby Dick"]""")]
    [InlineData("$.store.book[?(@.price < $.expensive)].price", "[8.95,8.99]")]
    [InlineData("$.store.book[?(@.price <= 8.95)].price", "[8.95]")]
    [InlineData("$.store.book[?(@.price >= 12.99)].price", "[12.99,22.99]")]
    [InlineData("$.store.book[?(@.category == 'reference')].price", "[8.95]")]
    [InlineData("$.store.book[?(@.category != 'fiction')].price", "[8.95]")]
    [InlineData("$.store.book[?(@['category'] === \"reference\")].price", "[8.95]")]
    [InlineData("$.store.book[?(@.isbn)].price", "[8.99,22.99]")]
    [InlineData("$.store.book[?(!@.isbn)].price", "[8.95,12.99]")]
    [InlineData("$.store.book[?(@.isbn && @.price > 10)].price", "[22.99]")]
    [InlineData("$.store.book[?(@.price > 20 || @.category == 'reference')].price", "[8.95,22.99]")]
    [InlineData("$.store.book[?(@.category == 'fiction' && (@.price < 9 || @.price > 20))].price", "[8.99,22.99]")]
    [InlineData("$.store.book[?(@.author =~ /.*REES/i)].price", "[8.95]")]
    [InlineData("$.store.book[?(@.author =~ /Rees/)].price", "[]")]
    [InlineData("$.store.book[?(@.category in ['reference', 'poetry'])].price", "[8.95]")]
    [InlineData("$.store.book[?(@.category nin ['reference'])].price", "[12.99,8.99,22.99]")]
    [InlineData("$.store.book[?(@.title contains 'Lord')].price", "[22.99]")]
    [InlineData("$.store.book[?(@.title size 9)].price", "[8.99]")]
    [InlineData("$.store.book[?(@.nothing == null)].price", "[]")]
    [InlineData("$.store.book[?(@.nothing != 1)].price", "[]")]
    [InlineData("$.store.book[?(@.title != 5)].price", "[8.95,12.99,8.99,22.99]")]
    [InlineData("$.store.book[?(@ != 5)].price", "[]")]
    [InlineData("$[?(@.none == null)].expensive", "[10]")]
    [InlineData("$[?(@.none)].expensive", "[]")]
    [InlineData("$.store.book[?(@.author > 'K')].price", "[8.95]")]
    [InlineData("$.store.book[?(@.isbn > 0)].price", "[8.99,22.99]")]
    [InlineData("$.store.book[?(@.price == '8.95')].price", "[8.95]")]
    [InlineData("$.store.book[?(@.price === '8.95')].price", "[]")]
    [InlineData("$.tags[?(@ == 'a')]", "[]")]
    [InlineData("$.store.book[?(@.category==reference)].price", "[8.95]")]
    [InlineData("$.grid[?(@[0] == 3)]", "[[3,4]]")]
    [InlineData("$.grid[?(@ anyof [4, 9])]", "[[3,4]]")]
    [InlineData("$.grid[?(@ noneof [4, 9])]", "[[1,2]]")]
    [InlineData("$.grid[?(@ subsetof [4, 3, 2])]", "[[3,4]]")]
    [InlineData("$.grid[?(@ all [4])]", "[[3,4]]")]
    [InlineData("$.grid[?(@ empty false)]", "[[1,2],[3,4]]")]
    [InlineData("$.store.bicycle[?(@.color == 'red')].price", "[19.95]")]
    [InlineData("$.store.bicycle[?(@.color == 'blue')].price", "[]")]
    [InlineData("$..[?(@.color)].price", "[19.95]")]
    [InlineData("$.store.book[?(@.price<10&&@.isbn)].price", "[8.99]")]
    public void Find_Filter_SelectsWhatSatisfiesIt(string path, string expected) => Assert.Equal(JsonValue.Parse(expected), Find(path));

    [Theory]
    [InlineData("$.store.bicycle.*.x", "Property ['x'] not found in path $['store']['bicycle']['color']", false)]
    [InlineData("$.store.book[0:2].isbn", "No results for path: $['store']['book'][0]['isbn']", false)]
    [InlineData("$.store.book[?(@.price)].isbn", "No results for path: $['store']['book'][0]['isbn']", false)]
    [InlineData("$.store.book[0,9].price", "Index out of bounds when evaluating path $['store']['book'][9]", false)]
    [InlineData("$.store.book[-2:1].price", "Index out of bounds when evaluating path $['store']['book'][-2]", false)]
    [InlineData("$.expensive[1:].x", "Filter: [1:]['x'] can only be applied to arrays. Current context is: 10", true)]
    [InlineData("$.none[1:]", "The path $['none'] is null", false)]
    [InlineData("$.expensive[?(@.a)].x", "Filter: [?]['x'] can not be applied to primitives. Current context is: 10", true)]
    [InlineData("$.store.book[*]['title','price'].x", "Multi properties can only be used as path leafs: $['store']['book'][0]['title', 'price']", true)]
    [InlineData("$.expensive.a[*]", "Property ['a'] not found in path $['expensive']", false)]
    public void Find_IndefinitePathThatDoesNotFit_FailsAsInJayway(string path, string expected, bool isInvalid)
    {
        JsonValue store = JsonValue.Parse(Store);

        Assert.Null(Parse(path).Find(store));
        Assert.Equal((expected, isInvalid), (Parse(path).Explain(new TestScope(), store, out bool invalid), invalid));
    }

    [Theory]
    [InlineData("$.a", true)]
    [InlineData("$['a','b']", true)]
    [InlineData("$['a','b'].c", true)]
    [InlineData("$[0]", true)]
    [InlineData("$[*]", false)]
    [InlineData("$..a", false)]
    [InlineData("$[1:]", false)]
    [InlineData("$[?(@.a)]", false)]
    [InlineData("$..a.length()", false)]
    public void IsDefinite_Path_ReportsWhetherItSelectsOneValue(string path, bool expected) => Assert.Equal(expected, Parse(path).IsDefinite);

    [Fact]
    public void Find_ContextPath_ReadsTheContextObject()
    {
        var scope = new TestScope(context: """{"Execution":{"Input":{"input-value":0}}}""");
        Assert.Equal((JsonValue)0, Parse("$$.Execution.Input.input-value").Find(scope, "ignored"));
        Assert.Same(scope.Context, Parse("$$").Find(scope, "ignored"));
    }

    [Fact]
    public void Find_VariablePath_ReadsTheVariable()
    {
        var scope = new TestScope(variables: """{"order_1":{"lines":[{"sku":"x"}]}}""");
        PathExpression path = Parse("$order_1.lines[0].sku");
        Assert.Equal(PathRoot.Variable, path.Origin);
        Assert.Equal("order_1", path.Variable);
        Assert.Equal((JsonValue)"x", path.Find(scope, "ignored"));
        Assert.Null(Parse("$other").Find(scope, "ignored"));
    }

    [Theory]
    [InlineData("$.no", "No results for path: $['no']")]
    [InlineData("$.no.such", "Missing property in path $['no']")]
    [InlineData("$.store.no", "No results for path: $['store']['no']")]
    [InlineData("$.store.book[7]", "Index out of bounds when evaluating path $['store']['book'][7]")]
    [InlineData("$.store.book[-1]", "Index out of bounds when evaluating path $['store']['book'][-1]")]
    [InlineData("$.store.book.length()", "Property ['length()'] not found in path $['store']['book']")]
    [InlineData("$.store.bicycle.length()", "No results for path: $['store']['bicycle']['length()']")]
    [InlineData("$.expensive.more", "Property ['more'] not found in path $['expensive']")]
    [InlineData("$.expensive[0].x", "Filter: [0]['x'] can only be applied to arrays. Current context is: 10")]
    [InlineData("$['expensive','none'].v", "Multi properties can only be used as path leafs: $['expensive', 'none']")]
    [InlineData("$.expensive['a','b']", "Property ['a', 'b'] not found in path $['expensive']")]
    [InlineData("$.none[0]", "The path $['none'] is null")]
    [InlineData("$other", "No results for path: $other")]
    public void Explain_NothingFound_NamesTheLocation(string path, string expected) =>
        Assert.Equal(expected, Parse(path).Explain(new TestScope(), JsonValue.Parse(Store)));

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("$.")]
    [InlineData("$..")]
    [InlineData("$.a..")]
    [InlineData("$.a b")]
    [InlineData("$[")]
    [InlineData("$[a]")]
    [InlineData("$[1")]
    [InlineData("$['a")]
    [InlineData("$['a'")]
    [InlineData("$['a',]")]
    [InlineData("$[:]")]
    [InlineData("$[1:2:3]")]
    [InlineData("$[99999999999]")]
    [InlineData("$[?()]")]
    [InlineData("$[?(@.a ==)]")]
    [InlineData("$[?(@.a == 'x]")]
    [InlineData("$[?('x')]")]
    [InlineData("$[?(@.a =~ /(/)]")]
    [InlineData("$[?(@.a =~ /a)]")]
    [InlineData("$[?(@.a == 1]")]
    [InlineData("$.a]")]
    public void TryParse_MalformedPath_ReportsTheProblem(string path)
    {
        Assert.False(PathExpression.TryParse(path, out PathExpression? expression, out string? error));
        Assert.Null(expression);
        Assert.NotEmpty(error);
    }

    [Theory]
    [InlineData("a", 0)]
    [InlineData("$.a[", 4)]
    [InlineData("$.a b", 3)]
    [InlineData("$.a[?(@.b == )].c", 13)]
    [InlineData("$.a]", 3)]
    public void TryParse_MalformedPath_ReportsWhere(string path, int expected)
    {
        Assert.False(PathExpression.TryParse(path, out _, out _, out int position));
        Assert.Equal(expected, position);
    }

    [Fact]
    public void TryParse_FilterNestedTooDeep_IsRefused() =>
        Assert.False(PathExpression.TryParse($"$[?({new string('(', 5000)}@.a{new string(')', 5000)})]", out _, out _));

    private static PathExpression Parse(string path)
    {
        Assert.True(PathExpression.TryParse(path, out PathExpression? expression, out string? error), error);
        return expression;
    }

    private static JsonValue? Find(string path) => Parse(path).Find(new TestScope(), JsonValue.Parse(Store));
}
