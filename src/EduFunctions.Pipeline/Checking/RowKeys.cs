using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Checking;

/// <summary>The keys of a file's rows: whether each is there once. Rows of ours are in order, which proves that without a set.</summary>
internal sealed class RowKeys(bool areOrdered)
{
    private readonly IdSet _seen = new();
    private byte[] _key = new byte[64];
    private byte[] _before = new byte[64];
    private int _length;
    private int _lengthBefore;

    /// <param name="places">Of the key's columns.</param>
    /// <returns>Whether the row's key was there before, and whether it had to stand above the row before.</returns>
    public (bool IsOld, bool IsLate) Next(CsvReader csv, int[] places)
    {
        Take(csv, places);
        var key = _key.AsSpan(0, _length);
        if (!areOrdered)
        {
            return (!_seen.Add(key), false);
        }

        var order = _before.AsSpan(0, _lengthBefore).SequenceCompareTo(key);
        return (order == 0, order > 0);
    }

    private void Take(CsvReader csv, int[] places)
    {
        (_key, _before, _lengthBefore, _length) = (_before, _key, _length, 0);
        foreach (var place in places)
        {
            var value = csv[place];
            if (_key.Length < _length + value.Length + 1)
            {
                Array.Resize(ref _key, (_length + value.Length + 1) * 2);
            }

            value.CopyTo(_key.AsSpan(_length));
            _length += value.Length;
            _key[_length++] = 0;
        }
    }
}
