using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Storage;

/// <summary>
/// The texts of the ids in a file that are too long for their 16 bytes, as its first table: whoever reads the file knows them before the ids. A file
/// without such ids has no such table.
/// </summary>
internal static class LongIdTexts
{
    public const string Table = "idTexts";

    // No id has a control character.
    private const char Separator = '\n';

    public static byte[] Of(IEnumerable<IStoredTable> tables)
    {
        if (!TextIds.HasLong)
        {
            return [];
        }

        var ids = new HashSet<EntityId>();
        foreach (var table in tables)
        {
            table.AddLongIds(ids);
        }

        return Encoding.UTF8.GetBytes(string.Join(Separator, ids.Order()));
    }

    /// <exception cref="InvalidDataException">The table is damaged.</exception>
    public static void Learn(ReadOnlySpan<byte> table)
    {
        foreach (var part in table.Split((byte)Separator))
        {
            if (!TextIds.TryAdd(table[part], out _))
            {
                throw new InvalidDataException("The file's table of ids is damaged. Repeat the run: it writes anew.");
            }
        }
    }
}
