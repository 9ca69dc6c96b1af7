using System.Text.Json;

namespace EduFunctions.Simulators.Schools;

/// <summary>The same rows in another order, as a source that sorts by change date hands them out.</summary>
public sealed class ShuffledSchoolData : ISchoolData
{
    private readonly ISchoolData _original;
    private readonly Dictionary<string, int[]> _orders;

    public ShuffledSchoolData(ISchoolData original, int seed)
    {
        _original = original;
        _orders = Collections.All.ToDictionary(name => name, name => Shuffled(original.Count(name), seed));
    }

    public int Count(string collection) => _original.Count(collection);

    public void Write(string collection, int index, Utf8JsonWriter writer) => _original.Write(collection, _orders[collection][index], writer);

    private static int[] Shuffled(int count, int seed)
    {
        var order = Enumerable.Range(0, count).ToArray();
        new Random(seed).Shuffle(order);
        return order;
    }
}
