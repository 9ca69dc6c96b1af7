using EduFunctions.Pipeline.Model;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Model;

[Trait(Level.Name, Level.Fast)]
public class IdBucketsTests
{
    [Fact]
    public void One_bucket_after_the_other_is_the_order_of_all_ids()
    {
        const int Count = 50_000;
        var ids = Enumerable.Range(0, Count).Select(number => EntityId.Derive(BitConverter.GetBytes(number))).ToArray();
        var buckets = new IdBuckets<int>(Count);
        foreach (var (number, id) in ids.Index())
        {
            buckets.Add(id, number);
        }

        var rows = new List<int>();
        for (var bucket = 0; bucket < buckets.Count; bucket++)
        {
            foreach (var at in IdSort.Order(buckets.Ids(bucket)))
            {
                rows.Add(buckets.Rows(bucket)[at]);
            }
        }

        Assert.True(buckets.Count > 1);
        Assert.Equal(Enumerable.Range(0, Count).OrderBy(number => ids[number]), rows);
    }
}
