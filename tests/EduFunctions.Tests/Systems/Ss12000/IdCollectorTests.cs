using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Systems.Ss12000;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

[Trait("Level", "Fast")]
public sealed class IdCollectorTests
{
    /// <summary>Uuids and texts, many of them again, and looked at while more come.</summary>
    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 3_000)]
    [InlineData(3, 40_000)]
    public void Has_each_id_once_and_in_order_whenever_it_is_looked_at(int seed, int different)
    {
        var (random, collector, expected) = (new Random(seed), new IdCollector(), new SortedSet<EntityId>());
        for (var at = 0; at < different * 3; at++)
        {
            var id = IdOf(random.Next(different));
            collector.Add(id);
            expected.Add(id);
            if (random.Next(different) == 0)
            {
                Assert.Equal(expected, collector.Ids.ToArray());
            }
        }

        Assert.Equal(expected, collector.Ids.ToArray());
        Assert.Equal(different * 3, collector.Added);
        Assert.True(collector.Contains(expected.Max));
        Assert.False(collector.Contains(IdOf(different)));
    }

    private static EntityId IdOf(int number)
    {
        var text = number % 5 == 0 ? $"elev-{number}" : $"{number * 7919 % 65521:x8}-0000-4000-8000-{number:x12}";
        Assert.True(EntityId.TryRead(Encoding.UTF8.GetBytes(text), out var id));
        return id;
    }
}
