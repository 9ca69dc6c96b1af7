using System.Text;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>One of the two files: rows in UTF-8 on this side, whatever the settings say on the other.</summary>
internal sealed class UnikumFile(Stream file, UnikumSettings settings) : IDisposable
{
    private static readonly CsvFormat Format = CsvFormat.Bare((byte)'\t');

    private readonly Stream _stream = settings.IsLatin ? Encoding.CreateTranscodingStream(file, settings.FileEncoding, Encoding.UTF8) : file;

    private CsvWriter? _rows;

    public int Count { get; private set; }

    public void Write(ReadOnlySpan<byte> row)
    {
        _rows ??= new CsvWriter(_stream, Format, settings.LineEndBytes);
        _rows.Joined(row);
        _rows.EndRow();
        Count++;
    }

    public void Dispose()
    {
        _rows?.Dispose();
        _stream.Dispose();
    }
}
