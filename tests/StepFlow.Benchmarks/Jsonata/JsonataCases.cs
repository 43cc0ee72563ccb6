using StepFlow.Language.Json;

namespace StepFlow.Benchmarks.Jsonata;

/// <summary>The expressions that are measured: what workflows do with JSONata, small and large.</summary>
internal static class JsonataCases
{
    public static IReadOnlyList<JsonataCase> All { get; } = Create();

    private static List<JsonataCase> Create()
    {
        JsonObject small = Orders(10);
        JsonObject hundred = Orders(100);
        JsonObject tenThousand = Orders(10_000);
        return
        [
            new("field", "order.customer.address.city", Nested()),
            new("path-predicate", "orders[price > 50 and status = 'open'].id", hundred),
            new("sum-100", "$sum(orders.price)", hundred),
            new("sum-10000", "$sum(orders.price)", tenThousand),
            new("product-sum", "$sum(orders.(price * quantity))", hundred),
            new("group-by", "orders{category: $sum(price)}", hundred),
            new("sort", "orders^(>price, id).id", hundred),
            new("string", "$join(orders.(name & ' (' & $uppercase(status) & '): ' & $string(price)), '; ')", hundred),
            new("map-filter-reduce", "$reduce($map($filter(orders, function($o) { $o.quantity > 2 }), function($o) { $o.price * $o.quantity }), function($a, $b) { $a + $b }, 0)", hundred),
            new("transform", "$ ~> |orders[status = 'open']|{'total': price * quantity}, ['name']|", hundred),
            new("deep-scan", "**.price", hundred),
            new("object", "{'count': $count(orders), 'ids': orders.id, 'first': orders[0].name, 'open': $count(orders[status = 'open'])}", small),
            new("recursion", "($fib := function($n) { $n < 2 ? $n : $fib($n - 1) + $fib($n - 2) }; $fib(12))", small),
            new("regex", "orders[name ~> /^item-[0-4]+$/].id", hundred),
            new("date", "$fromMillis(1521801216617, '[Y0001]-[M01]-[D01] [H01]:[m01]:[s01]')", small),
        ];
    }

    private static JsonValue Nested() => JsonValue.Parse(
        """{"order":{"id":7,"customer":{"name":"A","address":{"street":"S","city":"Zürich","zip":"8000"}},"items":[1,2,3]}}""");

    private static JsonObject Orders(int count)
    {
        string[] categories = ["books", "food", "tools", "toys", "garden"];
        var orders = new JsonValue[count];
        for (int i = 0; i < count; i++)
        {
            orders[i] = JsonObject.Create(
                ("id", i),
                ("name", $"item-{i % 37}"),
                ("category", categories[i * 7 % categories.Length]),
                ("status", i % 3 == 0 ? "open" : "closed"),
                ("price", JsonNumber.Create(((i * 7919) % 10_000) / 100.0)),
                ("quantity", (i * 31 % 5) + 1),
                ("shipping", JsonObject.Create(("city", $"city-{i % 11}"), ("price", i % 9))));
        }

        return JsonObject.Create(("orders", JsonArray.Adopt(orders)));
    }
}
