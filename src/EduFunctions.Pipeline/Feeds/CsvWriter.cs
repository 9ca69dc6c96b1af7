using System.Buffers;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>Writes rows of values in UTF-8 with line feeds, quoting exactly the values that hold one of the given bytes.</summary>
internal sealed class CsvWriter(Stream stream, byte delimiter, SearchValues<byte> quoted) : IDisposable
{
    private const int BlockSize = 1 << 16;

    private readonly byte[] _block = new byte[BlockSize];
    private int _used;
    private bool _inRow;

    public void Header(params IEnumerable<string> columns)
    {
        foreach (var column in columns)
        {
            Value(System.Text.Encoding.UTF8.GetBytes(column));
        }

        EndRow();
    }

    public void Value(EntityId id)
    {
        Delimit();
        Reserve(EntityId.LongestText);
        _used += id.Format(_block.AsSpan(_used));
    }

    public void Value(ReadOnlySpan<byte> value)
    {
        Delimit();
        if (value.IndexOfAny(quoted) < 0)
        {
            Append(value);
            return;
        }

        Append("\""u8);
        Append(value);
        Append("\""u8);
    }

    public void Empty() => Delimit();

    public void EndRow()
    {
        Append("\n"u8);
        _inRow = false;
    }

    public void Dispose()
    {
        stream.Write(_block.AsSpan(0, _used));
        _used = 0;
    }

    private void Delimit()
    {
        if (_inRow)
        {
            Append([delimiter]);
        }

        _inRow = true;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BlockSize)
        {
            Reserve(BlockSize);
            stream.Write(bytes);
            return;
        }

        Reserve(bytes.Length);
        bytes.CopyTo(_block.AsSpan(_used));
        _used += bytes.Length;
    }

    private void Reserve(int length)
    {
        if (_used + length > BlockSize)
        {
            stream.Write(_block.AsSpan(0, _used));
            _used = 0;
        }
    }
}
