using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>A protected person's value in a row.</summary>
/// <param name="Position">Of its last word, in bytes from the start of the row.</param>
/// <param name="Phrase">Its hash; of a name that of the given name.</param>
/// <param name="Family">Of a name the hash of the family name.</param>
internal readonly record struct RowHit(PersonalKind Kind, int Position, ulong Phrase, ulong Family = 0);

/// <summary>Looks through rows, one at a time, for the values of protected persons.</summary>
internal sealed class RowScan(ProtectedValues values)
{
    private readonly List<RowHit> _hits = [];
    private readonly List<ulong> _begun = [];
    private readonly List<NamePart> _given = [];
    private readonly List<NamePart> _family = [];
    private readonly List<int> _mailPieces = [];

    /// <summary>What stands in a row; the list is good until the next call.</summary>
    public IReadOnlyList<RowHit> Find(ReadOnlySpan<byte> row)
    {
        _hits.Clear();
        if (values.IsEmpty)
        {
            return _hits;
        }

        _begun.Clear();
        _given.Clear();
        _family.Clear();
        _mailPieces.Clear();
        var words = new WordReader(row, values.Key);
        var mailPiece = -1;
        while (words.Next())
        {
            if (words.MailPiece != mailPiece)
            {
                _mailPieces.Add(mailPiece = words.MailPiece);
            }

            var open = _begun.Count;
            for (var i = 0; i < open; i++)
            {
                Meet(WordReader.Join(_begun[i], words.Hash), words);
            }

            _begun.RemoveRange(0, open);
            Meet(WordReader.Join(values.Key, words.Hash), words);
        }

        FindNames();
        return _hits;
    }

    private void Meet(ulong hash, in WordReader words)
    {
        if (!values.TryGet(hash, out var phrase))
        {
            return;
        }

        if (phrase.Use.HasFlag(PhraseUse.Beginning))
        {
            _begun.Add(hash);
        }

        if (phrase.Use.HasFlag(PhraseUse.Value))
        {
            _hits.Add(new RowHit((PersonalKind)phrase.Kind, words.Start, hash));
        }

        if (phrase.Use.HasFlag(PhraseUse.GivenName))
        {
            _given.Add(new NamePart(hash, words.Start, words.Piece));
        }

        if (phrase.Use.HasFlag(PhraseUse.FamilyName))
        {
            _family.Add(new NamePart(hash, words.Start, words.Piece));
        }
    }

    /// <summary>A given and a family name in one row, in whatever columns; an address of mail is no name.</summary>
    private void FindNames()
    {
        foreach (var given in _given)
        {
            foreach (var family in _family)
            {
                if (given.Position != family.Position
                    && values.IsName(new ProtectedName(given.Hash, family.Hash))
                    && !_mailPieces.Contains(given.Piece) && !_mailPieces.Contains(family.Piece))
                {
                    _hits.Add(new RowHit(PersonalKind.Name, family.Position, given.Hash, family.Hash));
                }
            }
        }
    }

    private readonly record struct NamePart(ulong Hash, int Position, int Piece);
}
