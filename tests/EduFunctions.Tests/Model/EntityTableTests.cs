using EduFunctions.Pipeline.Model;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Model;

[Trait(Level.Name, Level.Fast)]
public sealed class EntityTableTests
{
    private const int Rows = 5000;

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(1000)]
    public void The_last_row_of_an_id_is_found_however_it_is_asked_for(int rowsAtATime)
    {
        var table = new EntityTable<int>();
        var expected = new Dictionary<EntityId, int>();
        var (replaced, random) = (0, new Random(rowsAtATime));
        for (var row = 0; row < Rows; row++)
        {
            var id = row % 50 == 0 ? default : Id(random.Next(Rows));
            table.Add(id, row);
            expected[id] = row;
            if (table.Count % rowsAtATime == 0)
            {
                table.Index(_ => replaced++);
            }
        }

        table.Index(_ => replaced++);
        expected.Remove(default);
        EntityId[] ids = [.. Enumerable.Range(0, 2 * Rows).Select(Id), default];
        var found = new int[ids.Length];
        table.Find(ids, found);

        Assert.Equal(ids.Select(id => expected.GetValueOrDefault(id, -1)), found);
        Assert.Equal(found, ids.Select(table.Find));
        Assert.Equal(expected.Count, table.Distinct);
        Assert.Equal(Rows - (Rows / 50) - expected.Count, replaced);
        Assert.All(found.Where(row => row >= 0), row => Assert.True(table.IsCurrent(row)));
    }

    [Fact]
    public void Nothing_is_found_in_an_empty_table()
    {
        var found = new[] { 7 };

        new EntityTable<int>().Find([Id(1)], found);

        Assert.Equal([-1], found);
    }

    // Every other one has the halves of the one before it, exchanged: their hashes are the same.
    private static EntityId Id(int number) => number % 2 == 0 ? new((ulong)number, 5) : new(5, (ulong)number - 1);
}
