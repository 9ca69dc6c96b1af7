using System.Buffers;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>Writes rows of values in UTF-8. Whatever a value holds, it is read back as one value, or is not written.</summary>
/// <param name="lineEnd">Null is a line feed.</param>
internal sealed class CsvWriter(Stream stream, CsvFormat format, byte[]? lineEnd = null) : IDisposable
{
    private const int BlockSize = 1 << 18;
    private const int RowsPerPart = 2048;

    private readonly byte[] _lineEnd = lineEnd ?? [(byte)'\n'];

    /// <summary>Borrowed: a night writes hundreds of small files, and each block of its own would be an array large enough to call the collector.</summary>
    private byte[] _block = ArrayPool<byte>.Shared.Rent(BlockSize);

    private int _used;
    private bool _inRow;

    /// <summary>Whether rows wait for their turn instead of leaving when there are many.</summary>
    private bool _isPart;

    /// <summary>Where in the stream the next row begins.</summary>
    public long Position => stream.Position + _used;

    public void Header(params IEnumerable<string> columns)
    {
        foreach (var column in columns)
        {
            Value(System.Text.Encoding.UTF8.GetBytes(column));
        }

        EndRow();
    }

    /// <summary>Writes many rows, parts of them on all processors at once; in the file they are in order.</summary>
    /// <param name="write">Writes the rows from the first up to the end. Called by several threads.</param>
    public void Rows(int count, Action<CsvWriter, int, int> write) => Parts(
        (count + RowsPerPart - 1) / RowsPerPart,
        (part, number) => write(part, number * RowsPerPart, Math.Min(count, (number + 1) * RowsPerPart)));

    /// <summary>Writes parts on all processors at once; in the file they are in order.</summary>
    /// <param name="write">Writes the rows of a part. Called by several threads.</param>
    public void Parts(int parts, Action<CsvWriter, int> write)
    {
        Flush();
        var turns = new OrderedOutput();
        Parallel.For(0, Math.Min(parts, Environment.ProcessorCount), _ =>
        {
            using var part = new CsvWriter(stream, format, _lineEnd) { _isPart = true };
            while (turns.Take() is var number && number < parts)
            {
                try
                {
                    write(part, number);
                }
                finally
                {
                    turns.Pass(number, part.Flush);
                }
            }
        });
    }

    public void Value(EntityId id)
    {
        Begin(EntityId.LongestText);
        _used += id.Format(_block.AsSpan(_used));
    }

    /// <exception cref="InvalidDataException">The file has no quotes, and without them the value would be read as more than one.</exception>
    public void Value(ReadOnlySpan<byte> value)
    {
        if (value.IndexOfAny(format.Special) >= 0)
        {
            QuotedValue(value);
            return;
        }

        Begin(value.Length);
        Append(value);
    }

    /// <summary>Several values at one go, with delimiters between them already.</summary>
    /// <exception cref="InvalidDataException">They would be read as more than one row.</exception>
    public void Joined(ReadOnlySpan<byte> values)
    {
        if (values.IndexOfAny((byte)'\r', (byte)'\n') >= 0)
        {
            throw Refused();
        }

        Begin(values.Length);
        Append(values);
    }

    public void Empty() => Begin(0);

    public void EndRow()
    {
        Reserve(_lineEnd.Length);
        foreach (var character in _lineEnd)
        {
            _block[_used++] = character;
        }

        _inRow = false;
    }

    public void Dispose()
    {
        // What a part could not pass on in its turn must not go out after it.
        if (!_isPart)
        {
            Flush();
        }

        Give(_block);
        (_block, _used) = ([], 0);
    }

    private void QuotedValue(ReadOnlySpan<byte> value)
    {
        if (!format.Quotes)
        {
            throw Refused();
        }

        Begin(value.Length + value.Count((byte)'"') + 2);
        _block[_used++] = (byte)'"';
        for (int quote; (quote = value.IndexOf((byte)'"')) >= 0; value = value[(quote + 1)..])
        {
            Append(value[..(quote + 1)]);
            _block[_used++] = (byte)'"';
        }

        Append(value);
        _block[_used++] = (byte)'"';
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_block.AsSpan(_used));
        _used += bytes.Length;
    }

    private static InvalidDataException Refused() => new("A value holds a delimiter or a line end, and the file has no quotes.");

    /// <summary>Begins a value of at most so many bytes.</summary>
    private void Begin(int length)
    {
        Reserve(length + 1);
        if (_inRow)
        {
            _block[_used++] = format.Delimiter;
        }

        _inRow = true;
    }

    private void Reserve(int length)
    {
        if (_used + length > _block.Length)
        {
            MakeRoom(length);
        }
    }

    private void MakeRoom(int length)
    {
        if (!_isPart)
        {
            Flush();
        }

        if (_used + length > _block.Length)
        {
            var small = _block;
            _block = ArrayPool<byte>.Shared.Rent((_used + length) * 2);
            small.AsSpan(0, _used).CopyTo(_block);
            Give(small);
        }
    }

    private static void Give(byte[] block)
    {
        if (block.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private void Flush()
    {
        stream.Write(_block.AsSpan(0, _used));
        _used = 0;
    }
}
