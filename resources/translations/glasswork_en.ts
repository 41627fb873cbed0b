<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>%n days ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n groups</source>
        <translation>
            <numerusform>%n group</numerusform>
            <numerusform>%n groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hours ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n layers</source>
        <translation>
            <numerusform>%n layer</numerusform>
            <numerusform>%n layers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n links</source>
        <translation>
            <numerusform>%n link</numerusform>
            <numerusform>%n links</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minutes ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other columns as in row {row}</source>
        <translation>
            <numerusform>%n other column as in row {row}</numerusform>
            <numerusform>%n other columns as in row {row}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other columns at their mean</source>
        <translation>
            <numerusform>%n other column at their mean</numerusform>
            <numerusform>%n other columns at their mean</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n predictions</source>
        <translation>
            <numerusform>%n prediction</numerusform>
            <numerusform>%n predictions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problems</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n runs are chosen.</source>
        <translation>
            <numerusform>%n run is chosen.</numerusform>
            <numerusform>%n runs are chosen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n threads</source>
        <translation>
            <numerusform>%n thread</numerusform>
            <numerusform>%n threads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warnings</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A block of your own, %n layers: {names}</source>
        <translation>
            <numerusform>A block of your own, %n layer: {names}</numerusform>
            <numerusform>A block of your own, %n layers: {names}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A name has at most %n letters.</source>
        <translation>
            <numerusform>A name has at most %n letter.</numerusform>
            <numerusform>A name has at most %n letters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Align %n layers</source>
        <translation>
            <numerusform>Align %n layer</numerusform>
            <numerusform>Align %n layers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %n more</source>
        <translation>
            <numerusform>And %n more</numerusform>
            <numerusform>And %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change {option} of %n layers</source>
        <translation>
            <numerusform>Change {option} of %n layer</numerusform>
            <numerusform>Change {option} of %n layers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n notes</source>
        <translation>
            <numerusform>Delete %n note</numerusform>
            <numerusform>Delete %n notes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n runs</source>
        <translation>
            <numerusform>Delete %n run</numerusform>
            <numerusform>Delete %n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Distribute %n layers</source>
        <translation>
            <numerusform>Distribute %n layer</numerusform>
            <numerusform>Distribute %n layers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Gradients explode: in {layer} they have been {times} times larger than at first in the last %n measurements. A lower learning rate or clipping helps most often.</source>
        <translation>
            <numerusform>Gradients explode: in {layer} they have been {times} times larger than at first in the last %n measurement. A lower learning rate or clipping helps most often.</numerusform>
            <numerusform>Gradients explode: in {layer} they have been {times} times larger than at first in the last %n measurements. A lower learning rate or clipping helps most often.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Gradients vanish: in {layer} they have been {times} times smaller than in {other} in the last %n measurements, so {layer} hardly learns. Relu, batch normalisation or a shorter way to the output help most often.</source>
        <translation>
            <numerusform>Gradients vanish: in {layer} they have been {times} times smaller than in {other} in the last %n measurement, so {layer} hardly learns. Relu, batch normalisation or a shorter way to the output help most often.</numerusform>
            <numerusform>Gradients vanish: in {layer} they have been {times} times smaller than in {other} in the last %n measurements, so {layer} hardly learns. Relu, batch normalisation or a shorter way to the output help most often.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count:,} epochs</source>
        <translation>
            <numerusform>{count:,} epoch</numerusform>
            <numerusform>{count:,} epochs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{label}: {count:,} rows</source>
        <translation>
            <numerusform>{label}: {count:,} row</numerusform>
            <numerusform>{label}: {count:,} rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{total:,} parameters</source>
        <translation>
            <numerusform>{total:,} parameter</numerusform>
            <numerusform>{total:,} parameters</numerusform>
        </translation>
    </message>
</context>
</TS>
