-- Takes the title heading out of the body (the title comes from metadata.toml) and the line below it, which says that
-- this is a sample, into the metadata as `samplemark`. Word processors get that line back as their first paragraph.
local wordProcessor = { docx = true, odt = true, rtf = true }

function Pandoc(doc)
  local blocks = doc.blocks
  if not (blocks[1] and blocks[1].t == "Header" and blocks[1].level == 1) then
    error("the first block must be the title, a level-1 heading")
  end
  local mark = blocks[2]
  if not (mark and (mark.t == "Para" or mark.t == "Plain" or mark.t == "BlockQuote" or mark.t == "Div")) then
    error("the line that says that this is a sample must follow the title")
  end
  blocks:remove(1)
  blocks:remove(1)
  if mark.t == "BlockQuote" or mark.t == "Div" then
    mark = mark.content[1]
  end
  -- Its italics are dropped here and chosen by each layout.
  mark = mark:walk({ Emph = function(emphasis) return emphasis.content end })
  doc.meta.samplemark = pandoc.MetaInlines(mark.content)
  if FORMAT == "pptx" then
    doc.meta.subtitle = doc.meta.samplemark
  elseif wordProcessor[FORMAT] then
    blocks:insert(1, pandoc.Para({ pandoc.Emph(mark.content) }))
  end
  if FORMAT == "latex" or FORMAT == "docx" or FORMAT == "odt" then
    -- The title is not a heading there: chapters are level 1.
    blocks = blocks:walk({ Header = function(h) h.level = h.level - 1; return h end })
  end
  return pandoc.Pandoc(blocks, doc.meta)
end
